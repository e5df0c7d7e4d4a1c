r"""Both rules at one step, line by line, with the numbers put in.

The values are those of the references: every line rounds where `adamwd.adamw_update` and
`adamwd.adam_weight_decay_update` round, and the last one is the parameter that they give.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from adamwd.rounding import bias_correction, fused_multiply_add, lerp
from adamwd.stacked import Rows

DIGITS = 6


@dataclass(frozen=True)
class Line:
    """One line of a rule.

    Attributes:
        id: What it computes; the same word in both rules where it means the same.
        formula: The formula in LaTeX.
        substituted: The formula with the numbers in it, in LaTeX.
        value: What it gives, with the reference's rounding.
        own: Whether the other rule has nothing of the kind.
    """

    id: str
    formula: str
    substituted: str
    value: Any
    own: bool = False


@dataclass(frozen=True)
class Before:
    """What a step starts from: one component, float32."""

    w: Any
    m: Any
    v: Any
    largest: Any
    g: Any


def adamw_lines(rows: Rows, before: Before, lr: float, step: int) -> list[Line]:
    """Return the lines of AdamW's step.

    Args:
        rows: One row with its hyper-parameters.
        before: What the step starts from.
        lr: Learning rate of the step.
        step: Step number, counted from 1.
    """
    beta1, beta2, eps, decay = (
        float(getattr(rows, n)[0]) for n in ("beta1", "beta2", "eps", "weight_decay")
    )
    amsgrad, maximize = bool(rows.amsgrad[0]), bool(rows.maximize[0])
    single = np.float32
    gradient = -before.g if maximize else before.g
    first, second = bias_correction(beta1, step), bias_correction(beta2, step)
    m = lerp(before.m, gradient, single(1 - beta1))
    v = fused_multiply_add(single(1 - beta2) * gradient, gradient, before.v * single(beta2))
    kept = np.maximum(before.largest, v) if amsgrad else v
    decayed = before.w * single(1 - lr * decay)
    root = np.sqrt(kept) / single(np.sqrt(second))
    denominator = root + single(eps)
    update = single(-(lr / first)) * m / denominator
    parameter = decayed + update
    w_, m_, v_, g_, n = (_number(x) for x in (before.w, before.m, before.v, gradient, lr))
    lines = [
        _gradient(before, gradient, maximize),
        Line("learning_rate", r"\eta_t", n, lr),
        _decayed(n, _number(decay), w_, decayed),
        *_moments(beta1, beta2, m_, v_, g_, m, v),
        Line(
            "first_moment_corrected",
            _own(r"\hat m_t = m_t / (1-\beta_1^t)"),
            rf"{_number(m)} / (1 - {_number(beta1)}^{{{step}}})",
            float(m) / first,
            own=True,
        ),
    ]
    symbol, value = "v_t", v
    if amsgrad:
        symbol, value = r"v_t^{\max}", kept
        lines.append(
            Line(
                "largest_second_moment",
                _own(r"v_t^{\max} = \max(v_{t-1}^{\max}, v_t)"),
                rf"\max({_number(before.largest)}, {_number(v)})",
                kept,
                own=True,
            )
        )
    lines += [
        Line(
            "second_moment_corrected",
            _own(rf"\hat v_t = {symbol} / (1-\beta_2^t)"),
            rf"{_number(value)} / (1 - {_number(beta2)}^{{{step}}})",
            float(value) / second,
            own=True,
        ),
        Line(
            "denominator",
            r"\sqrt{" + _own(r"\hat v_t") + r"} + \epsilon",
            rf"\sqrt{{{_number(float(value) / second)}}} + {_number(eps)}",
            denominator,
        ),
        Line(
            "update",
            r"-\eta_t\," + _own(r"\hat m_t") + r" / (\sqrt{" + _own(r"\hat v_t") + r"} + \epsilon)",
            rf"-{n} \times {_factor(_number(float(m) / first))} / {_number(denominator)}",
            update,
        ),
        Line(
            "parameter",
            r"w_t",
            rf"{_number(decayed)} + {_factor(_number(update))}",
            parameter,
        ),
    ]
    return lines


def adam_weight_decay_lines(rows: Rows, before: Before, lr: float, name: str) -> list[Line]:
    """Return the lines of AdamWeightDecay's step.

    Args:
        rows: One row with its hyper-parameters.
        before: What the step starts from.
        lr: Learning rate of the step.
        name: Name of the parameter, which decides whether it decays.
    """
    single = np.float32
    names = ("beta1", "beta2", "eps", "weight_decay")
    rate = single(lr)
    beta1, beta2, eps, decay = (single(getattr(rows, n)[0]) for n in names)
    filtered = "beta" in name or "gamma" in name
    one = single(1)
    m = fused_multiply_add(before.g - before.m, one - beta1, before.m)
    inner = fused_multiply_add(before.g, before.g, -before.v)
    v = fused_multiply_add(inner, one - beta2, before.v)
    used = single(0) if filtered else decay
    denominator = np.sqrt(np.float64(v)) + np.float64(eps)
    quotient = np.float64(m) / denominator
    shrink = np.float64(used * before.w)
    parameter = single(np.float64(before.w) - np.float64(rate) * (quotient + shrink))
    w_, m_, v_, g_, n = (_number(x) for x in (before.w, before.m, before.v, before.g, rate))
    decayed = np.float64(before.w) - np.float64(rate) * shrink
    update = -np.float64(rate) * quotient
    return [
        _gradient(before, before.g, False),
        Line("learning_rate", r"\eta_t", n, rate),
        _filtered(w_, decayed) if filtered else _decayed(n, _number(decay), w_, decayed),
        *_moments(float(beta1), float(beta2), m_, v_, g_, m, v),
        Line(
            "denominator",
            r"\sqrt{v_t} + \epsilon",
            rf"\sqrt{{{_number(v)}}} + {_number(eps)}",
            denominator,
        ),
        Line(
            "update",
            r"-\eta_t\, m_t / (\sqrt{v_t} + \epsilon)",
            rf"-{n} \times {_factor(_number(m))} / {_number(denominator)}",
            update,
        ),
        Line(
            "parameter",
            r"w_t",
            rf"{_number(decayed)} + {_factor(_number(update))}",
            parameter,
        ),
    ]


def _gradient(before: Before, gradient: Any, maximize: bool) -> Line:
    value = _number(before.g)
    formula = _own(r"-g_t") if maximize else r"g_t"
    return Line("gradient", formula, rf"-{_factor(value)}" if maximize else value, gradient)


def _decayed(rate: str, decay: str, w: str, value: Any) -> Line:
    substituted = rf"(1 - {rate} \times {decay}) \times {_factor(w)}"
    return Line("decayed", r"(1 - \eta_t\lambda)\,w_{t-1}", substituted, value)


def _filtered(w: str, value: Any) -> Line:
    """The name filter leaves a parameter as it is."""
    return Line("decayed", _own(r"w_{t-1}"), w, value)


def _moments(
    beta1: float, beta2: float, m_: str, v_: str, g_: str, m: Any, v: Any
) -> tuple[Line, Line]:
    first, second = (_number(beta) for beta in (beta1, beta2))
    # The share is what the rule uses; 1 - beta is shown as such, since its digits say which beta.
    return (
        Line(
            "first_moment",
            r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\,g_t",
            rf"{first} \times {_factor(m_)} + (1 - {first}) \times {_factor(g_)}",
            m,
        ),
        Line(
            "second_moment",
            r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\,g_t^2",
            rf"{second} \times {_factor(v_)} + (1 - {second}) \times {_factor(g_)}^2",
            v,
        ),
    )


def _own(formula: str) -> str:
    """Mark a term that the other rule does not have, for KaTeX."""
    return rf"\htmlClass{{inspector-difference}}{{{formula}}}"


def _number(value: Any) -> str:
    """Return a number in LaTeX, with the digits that a reader can compare."""
    number = float(value)
    if np.isnan(number):
        return r"\mathrm{NaN}"
    if np.isinf(number):
        return r"\infty" if number > 0 else r"-\infty"
    mantissa, _, exponent = f"{number:.{DIGITS}g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def _factor(number: str) -> str:
    """Return a number as a factor: in parentheses where it has a sign or an exponent."""
    plain = not number.startswith("-") and "cdot" not in number
    return number if plain else rf"({number})"
