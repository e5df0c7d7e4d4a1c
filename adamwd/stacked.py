"""Many settings of both rules as one batch: what the page draws while a slider moves, and sweeps.

The readable references are `adamwd.adamw_update` and `adamwd.adam_weight_decay_update`; this is the
same arithmetic, float32 with the same roundings and the same bits, for rows of settings at once.
The rows of AdamW come first, those of AdamWeightDecay after them; what both rules share (gradients,
the moments' multiply-adds) is computed for all rows together, and the rules make no array in the
loop.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from adamwd.problems import Problem
from adamwd.rounding import FRACTION_BITS
from adamwd.schedule import rates_at

Array = np.ndarray[Any, Any]

# Coefficients are computed for as many steps at once as give about this many numbers.
_BLOCK = 1 << 15


@dataclass(frozen=True)
class Rows:
    """Settings of one rule, one a row; arrays of shape (rows,), float64 or bool.

    Attributes:
        lr: Learning rates, which a schedule multiplies.
        beta1: Decay rates of the first moment.
        beta2: Decay rates of the second moment.
        eps: The eps of each row.
        weight_decay: Weight decays.
        amsgrad: Use the largest second moment so far (AdamW alone).
        maximize: Follow the gradient upwards (AdamW alone).
    """

    lr: Array
    beta1: Array
    beta2: Array
    eps: Array
    weight_decay: Array
    amsgrad: Array
    maximize: Array

    def __len__(self) -> int:
        return len(self.lr)


@dataclass(frozen=True)
class History:
    """What a batch recorded; float32 arrays of shape (recorded, rows, P).

    Attributes:
        steps: Recorded step numbers, int64, shape (recorded,); 0 is the start.
        parameters: Parameters at those steps.
        first_moment: First moments.
        second_moment: Second moments.
        update: Parameters minus those one step earlier; zero at step 0.
    """

    steps: Array
    parameters: Array
    first_moment: Array
    second_moment: Array
    update: Array


def run_stacked(
    problem: Problem,
    adamw: Rows,
    adam_weight_decay: Rows,
    steps: int,
    *,
    schedule: Mapping[str, Any] | None = None,
    recorded: Array | None = None,
) -> History:
    """Run every row of both rules on one problem.

    Args:
        problem: The objective; every row starts from its start.
        adamw: Settings of AdamW.
        adam_weight_decay: Settings of AdamWeightDecay, without groups: its name filter holds.
        steps: Number of steps.
        schedule: The learning rates' schedule; constant by default.
        recorded: Increasing step numbers to record; the last step alone by default.

    Returns:
        The history; rows of AdamW first.
    """
    wanted = np.array([steps]) if recorded is None else np.asarray(recorded, np.int64)
    start = problem.flat(problem.start).astype(np.float32)
    state = _State.at(start, len(adamw), len(adam_weight_decay))
    parts: list[Callable[..., None]] = [
        _gradients(state, problem, adamw),
        _first_moments(state, adamw, adam_weight_decay),
        _second_moments(state, adamw, adam_weight_decay),
    ]
    step_adamw = _adamw(state, adamw)
    step_other = _adam_weight_decay(state, adam_weight_decay, problem)
    recorder = _Recorder(state, wanted)
    coefficients = _coefficients(adamw, adam_weight_decay, steps, schedule or {}, len(start))
    # Overflow is a result here, as in the references' runs.
    with np.errstate(all="ignore"):
        for step, (decay, step_size, root, rate) in enumerate(coefficients, start=1):
            recorder.before(step)
            for part in parts:
                part(step)
            step_adamw(decay, step_size, root)
            step_other(rate)
            state.w64[...] = state.w
            recorder.after(step)
        return recorder.history()


@lru_cache(maxsize=256)
def _bias_corrections(beta: float, steps: int) -> Array:
    """Return ``1 - beta ** t`` for t = 1 to `steps`, as `adamwd.rounding.bias_correction` does.

    The fixed-point power of one step is that of the step before times beta.
    """
    numerator, denominator = beta.as_integer_ratio()
    base = (numerator << FRACTION_BITS) // denominator
    one = 1 << FRACTION_BITS
    power, result = one, np.empty(steps)
    for index in range(steps):
        power = (power * base) >> FRACTION_BITS
        result[index] = 1.0 - power / one
    return result


def _corrections_of(betas: Array, steps: int) -> tuple[Array, Array]:
    """Return the corrections of the different betas, (steps, different), and each row's column."""
    different, column = np.unique(betas, return_inverse=True)
    table = np.empty((steps, len(different)))
    for index, beta in enumerate(different):
        table[:, index] = _bias_corrections(float(beta), steps)
    return table, column.reshape(-1)


def _coefficients(
    adamw: Rows, other: Rows, steps: int, schedule: Mapping[str, Any], size: int
) -> Iterator[tuple[Array, Array, Array, Array]]:
    """Yield for each step AdamW's decay factor, step size and root, and the other's learning rate.

    Each has shape (rows, size): broadcasting small arrays costs more than adding them. AdamW's are
    float32, the learning rate is a float32 in float64.
    """
    first, first_column = _corrections_of(adamw.beta1, steps)
    second, second_column = _corrections_of(adamw.beta2, steps)
    length = max(1, _BLOCK // max(1, (len(adamw) + len(other)) * size))
    for begin in range(0, steps, length):
        block = np.arange(begin, min(begin + length, steps))
        rates = rates_at(schedule, adamw.lr, block, steps)
        decay = (1.0 - rates * adamw.weight_decay).astype(np.float32)
        step_size = (-(rates / first[block][:, first_column])).astype(np.float32)
        root = np.sqrt(second[block][:, second_column]).astype(np.float32)
        rate = rates_at(schedule, other.lr, block, steps).astype(np.float32).astype(np.float64)
        columns = (decay, step_size, root, rate)
        yield from zip(*(np.repeat(c[..., np.newaxis], size, axis=2) for c in columns), strict=True)


@dataclass(frozen=True)
class _State:
    """Parameters, moments and gradients of all rows, float32, and the same numbers in float64."""

    split: int
    w: Array
    m: Array
    v: Array
    g: Array
    w64: Array
    m64: Array
    v64: Array
    g64: Array

    @classmethod
    def at(cls, start: Array, adamw: int, other: int) -> "_State":
        """Return the state before the first step."""
        shape = (adamw + other, len(start))
        single = [np.zeros(shape, np.float32) for _ in range(4)]
        double = [np.zeros(shape, np.float64) for _ in range(4)]
        single[0][...] = double[0][...] = start
        return cls(adamw, *single, *double)

    @property
    def size(self) -> int:
        """Number of parameters, P."""
        return self.w.shape[1]

    def column(self, values: Any, dtype: Any) -> Array:
        """Return one number a row as (rows, P)."""
        return np.repeat(np.asarray(values).astype(dtype)[:, np.newaxis], self.size, axis=1)


def _gradients(state: _State, problem: Problem, adamw: Rows) -> Callable[[int], None]:
    g, g64, w64, gradients = state.g, state.g64, state.w64, problem.gradients
    mine, multiply = g[: state.split], np.multiply
    any_maximize = bool(np.any(adamw.maximize))
    sign = state.column(np.where(adamw.maximize, -1.0, 1.0), np.float32)

    def step(step: int) -> None:
        g[...] = gradients(w64, step)
        if any_maximize:
            multiply(mine, sign, mine)
        g64[...] = g

    return step


def _first_moments(state: _State, adamw: Rows, other: Rows) -> Callable[[int], None]:
    """Both rules: m <- fma(weight, g - m, m)."""
    g, m, m64, split = state.g, state.m, state.m64, state.split
    one = np.float32(1)
    near = state.column(1.0 - adamw.beta1, np.float32)
    weight = np.concatenate([near, one - state.column(other.beta1, np.float32)]).astype(np.float64)
    difference, wide = np.empty_like(g), np.empty_like(m64)
    subtract, multiply, add = np.subtract, np.multiply, np.add

    # torch.lerp goes from the nearer end, see adamwd.rounding.lerp.
    from_end = ~(np.abs(near) < 0.5)
    any_from_end = bool(from_end.any())
    rest, ends = (one - near).astype(np.float64), np.empty_like(m64[:split])

    def step(step: int) -> None:
        subtract(g, m, difference)
        wide[...] = difference
        if any_from_end:
            multiply(wide[:split], rest, ends)
            subtract(state.g64[:split], ends, ends)
        multiply(wide, weight, wide)
        add(wide, m64, wide)
        m[...] = wide
        if any_from_end:
            np.copyto(m[:split], ends, where=from_end, casting="same_kind")
        m64[...] = m

    return step


def _second_moments(state: _State, adamw: Rows, other: Rows) -> Callable[[int], None]:
    """AdamW: v <- fma(share g, g, beta2 v); the other: v <- fma(fma(g, g, -v), share, v)."""
    v, v64, split = state.v, state.v64, state.split
    my_g, my_g64, other_g64, other_v64 = (
        state.g[:split],
        state.g64[:split],
        state.g64[split:],
        v64[split:],
    )
    beta2 = state.column(other.beta2, np.float32)
    share = state.column(1.0 - adamw.beta2, np.float32)
    # AdamW's second moment is multiplied by beta2 first, the other's is left as it is.
    keep = np.concatenate([state.column(adamw.beta2, np.float32), np.ones_like(beta2)])
    factor, kept = np.empty_like(v), np.empty_like(v)
    times, product, wide = np.empty_like(v64), np.empty_like(v64), np.empty_like(v64)
    times[split:] = np.float32(1) - beta2
    my_factor, other_factor = factor[:split], factor[split:]
    my_times, other_wide = times[:split], wide[split:]
    subtract, multiply, add = np.subtract, np.multiply, np.add

    def step(step: int) -> None:
        multiply(share, my_g, my_factor)
        my_times[...] = my_g64
        multiply(other_g64, other_g64, other_wide)
        subtract(other_wide, other_v64, other_wide)
        other_factor[...] = other_wide
        multiply(v, keep, kept)
        product[...] = factor
        multiply(product, times, product)
        wide[...] = kept
        add(product, wide, product)
        v[...] = product
        v64[...] = v

    return step


def _adamw(state: _State, rows: Rows) -> Callable[[Array, Array, Array], None]:
    """AdamW: w <- decay w + step size m / (sqrt(v) / root + eps), each operation in float32."""
    w, m, v = (array[: state.split] for array in (state.w, state.m, state.v))
    eps = state.column(rows.eps, np.float32)
    denominator, quotient, largest = np.empty_like(w), np.empty_like(w), np.zeros_like(w)
    sqrt, divide, multiply, add = np.sqrt, np.divide, np.multiply, np.add
    amsgrad, plain = bool(np.any(rows.amsgrad)), state.column(~rows.amsgrad, np.bool_)

    def step(decay: Array, step_size: Array, root: Array) -> None:
        if amsgrad:
            np.maximum(largest, v, out=largest)
            np.copyto(largest, v, where=plain)
        sqrt(largest if amsgrad else v, denominator)
        divide(denominator, root, denominator)
        add(denominator, eps, denominator)
        multiply(step_size, m, quotient)
        divide(quotient, denominator, quotient)
        multiply(w, decay, w)
        add(w, quotient, w)

    return step


def _adam_weight_decay(state: _State, rows: Rows, problem: Problem) -> Callable[[Array], None]:
    """The other: w <- w - rate (m / (sqrt(v) + eps) + decay w), in float64 and rounded once."""
    w, w64, m64, v64 = (a[state.split :] for a in (state.w, state.w64, state.m64, state.v64))
    eps = state.column(rows.eps, np.float32).astype(np.float64)
    decays = [
        float("beta" not in name and "gamma" not in name)
        for name, array in problem.start.items()
        for _ in range(array.size)
    ]
    decay = state.column(rows.weight_decay, np.float32) * np.array(decays, np.float32)
    decayed, update, wide = np.empty_like(w), np.empty_like(w64), np.empty_like(w64)
    sqrt, divide, multiply, add, subtract = np.sqrt, np.divide, np.multiply, np.add, np.subtract

    def step(rate: Array) -> None:
        sqrt(v64, wide)
        add(wide, eps, wide)
        divide(m64, wide, update)
        multiply(decay, w, decayed)
        wide[...] = decayed
        add(update, wide, update)
        multiply(rate, update, update)
        subtract(w64, update, update)
        w[...] = update

    return step


class _Recorder:
    """Copies the state at the wanted steps; what can be computed at the end is left to the end."""

    def __init__(self, state: _State, wanted: Array) -> None:
        self._state, self._steps = state, wanted
        self._wanted = set(wanted.tolist())
        # At neighbouring steps the update is a difference of what is recorded anyway.
        self._dense = len(wanted) > 1 and bool(np.all(np.diff(wanted) == 1) and wanted[0] == 0)
        shape = (len(wanted), *state.w.shape)
        self._w, self._m, self._v = (np.zeros(shape, np.float32) for _ in range(3))
        self._before = np.zeros((0,) if self._dense else shape, np.float32)
        self._index = 0
        if 0 in self._wanted:
            if not self._dense:
                self._before[0] = state.w
            self._copy()

    def before(self, step: int) -> None:
        if not self._dense and step in self._wanted:
            self._before[self._index] = self._state.w

    def after(self, step: int) -> None:
        if step in self._wanted:
            self._copy()

    def _copy(self) -> None:
        index, state = self._index, self._state
        self._w[index] = state.w
        self._m[index] = state.m
        self._v[index] = state.v
        self._index = index + 1

    def history(self) -> History:
        update = np.zeros_like(self._w)
        if self._dense:
            np.subtract(self._w[1:], self._w[:-1], update[1:])
        else:
            np.subtract(self._w, self._before, update)
        return History(self._steps, self._w, self._m, self._v, update)
