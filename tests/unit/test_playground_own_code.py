"""Code of the reader's own: right results, honest verdicts, and every mistake told at its line."""

import json
import math
import re
import sys

import numpy as np
import pytest

from adamwd import playground
from adamwd.compare import TOLERANCES
from tests.unit.test_playground_curves import ADAMW, EXPERIMENTAL, OTHER, columns, spec

TEMPLATES = json.loads(playground.own_code_templates())
QUADRATIC = "def loss(w):\n    return 0.5 * (w[0] ** 2 + 100.0 * w[1] ** 2)\n"


def ask(loss=None, start=(1.0, 1.0), left=None, right=None, rules=None, **change):
    specs = {"left": left or spec(ADAMW, **change), "right": right or spec(OTHER, **change)}
    request = {"specs": specs, "loss": loss, "start": list(start), "rules": rules or {}}
    return playground.own_curves(json.dumps(request))


def head(answer):
    assert isinstance(answer, tuple), answer
    return json.loads(answer[0])


def failure(answer):
    assert isinstance(answer, str)
    return json.loads(answer)["error"]


@pytest.mark.parametrize("with_gradient", [True, False])
def test_an_own_loss_runs_like_the_built_in_one(with_gradient):
    gradient = "def gradient(w):\n    return np.array([w[0], 100.0 * w[1]])\n"
    own = columns(ask(QUADRATIC + gradient * with_gradient))
    specs = {s: spec(o, problem="quadratic") for s, o in (("left", ADAMW), ("right", OTHER))}
    built_in = columns(playground.curves(json.dumps({"specs": specs})))
    for name, expected in built_in.items():
        if with_gradient:
            np.testing.assert_array_equal(own[name], expected, err_msg=name)
        else:
            # Central differences are good to some 10 digits, and Adam divides by their size.
            np.testing.assert_allclose(own[name], expected, rtol=1e-4, atol=1e-6, err_msg=name)


def test_the_loss_to_start_from_runs():
    answer = ask(TEMPLATES["loss"], TEMPLATES["start"], steps=400)
    assert head(answer)["names"] == ["w[0]", "w[1]"]
    loss = columns(answer)["right.loss"]
    assert loss[-1] < loss[0]


@pytest.mark.parametrize("optimizer", [ADAMW, OTHER, EXPERIMENTAL])
@pytest.mark.parametrize("problem", ["beale", "noisy_quadratic", "constant_gradient"])
def test_a_copy_of_a_rule_matches(optimizer, problem):
    weight_decay = {"weight_decay": 0.1}
    side = spec(
        optimizer,
        problem=problem,
        hyperparameters=weight_decay,
        steps=200,
        schedule={"kind": "warmup", "warmup_steps": 9},
    )
    answer = ask(left=side, right=side, rules={"left": TEMPLATES["rules"][optimizer]})
    verdicts = head(answer)["verdicts"]
    assert verdicts["right"] is None
    assert verdicts["left"]["matches"], verdicts
    assert verdicts["left"]["largest"] <= TOLERANCES["adamw/float32"].limit
    arrays = columns(answer)
    np.testing.assert_allclose(
        arrays["left.parameters"], arrays["right.parameters"], rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize(
    ("optimizer", "old", "new", "first_step"),
    [
        (ADAMW, "m / (1 - beta1**t)", "m", 1),
        (ADAMW, "(np.sqrt(v_hat) + eps)", "np.sqrt(v_hat + eps)", 1),
        (ADAMW, "w * (1 - lr * weight_decay)", "w", 1),
        (ADAMW, "beta2 * v + (1 - beta2) * g**2", "beta2 * v + (1 - beta1) * g**2", 1),
        (ADAMW, "beta1**t", "beta1 ** min(t, 5)", 6),
        (OTHER, "weight_decay * w", "0.5 * weight_decay * w", 1),
        (OTHER, "np.sqrt(v) + eps", "np.sqrt(v) / np.sqrt(1 - beta2**t) + eps", 1),
        (OTHER, "float(np.float32(beta1)), float(np.float32(beta2))", "beta1, beta2", 1),
    ],
)
def test_a_changed_rule_is_told_not_to_match(optimizer, old, new, first_step):
    template = TEMPLATES["rules"][optimizer]
    assert old in template
    # An eps that counts: where it is negligible, its place is too.
    settings = {"weight_decay": 0.1, "eps": 0.01}
    side = spec(optimizer, hyperparameters=settings, problem="quadratic")
    answer = ask(left=side, right=side, rules={"left": template.replace(old, new)})
    verdict = head(answer)["verdicts"]["left"]
    assert not verdict["matches"]
    assert verdict["first_step"] == first_step
    assert verdict["largest"] > TOLERANCES["adamw/float32"].limit


def test_the_name_filter_holds_for_own_rules_too():
    side = spec(OTHER, problem="constant_gradient", hyperparameters={"weight_decay": 0.5})
    answer = ask(left=side, right=side, rules={"left": TEMPLATES["rules"][OTHER]})
    assert head(answer)["verdicts"]["left"]["matches"]


# What the code is, where the mistake is told, and words of the message.
MISTAKES = [
    ("def loss(w)\n    return 1", 1, "SyntaxError"),
    ("def loss(w):\nreturn 1", 2, "IndentationError"),
    ("x = 1", None, r"must define loss\(w\)"),
    ("loss = 3", None, r"must define loss\(w\)"),
    ("def loss(w):\n    a = 1\n    return a / 0", 3, "ZeroDivisionError"),
    ("def loss(w):\n    return w", None, "must return one number, got ndarray of shape"),
    ("def loss(w):\n    return None", None, "must return one number, got NoneType"),
    ("def loss(w):\n    return 'x'", None, "must return one number, got str"),
    ("def loss(w):\n    return 1j", None, "must return one number, got complex"),
    ("def loss(w):\n    return loss(w)", 2, "RecursionError"),
    ("import no_such_module\ndef loss(w): return 1", 1, "only NumPy and Python's standard library"),
    ("import sys\ndef loss(w):\n    sys.exit(3)", 3, "SystemExit: 3"),
    ("def loss(w):\n    raise KeyboardInterrupt", 2, "KeyboardInterrupt"),
    ("def loss(w):\n    return w[7]", 2, "IndexError"),
    ("def loss(w):\n    return np.zeros((10**9, 10**9)).sum()", 2, "MemoryError"),
    ("def loss(w): return 1.0\ndef gradient(w): return 1.0", None, "must have the shape of w"),
    ("def loss(w): return 1.0\ndef gradient(w): return ['a', 'b']", None, "ValueError"),
    ("def loss(w): return 1.0\ndef gradient(w): return w + q", 2, "NameError"),
    ("import js\ndef loss(w): return 1", 1, "only NumPy"),
    ("from pyodide.http import pyfetch\ndef loss(w): return 1", 1, "only NumPy"),
]


@pytest.mark.parametrize(("code", "line", "words"), MISTAKES, ids=[words for *_, words in MISTAKES])
def test_a_mistake_in_the_loss_is_told_at_its_line(code, line, words):
    error = failure(ask(code))
    assert error["type"] == "OwnCodeError"
    assert error["where"] == error["field"] == "loss"
    assert error["line"] == line
    assert re.search(words, error["message"])
    if line and "SyntaxError" not in words and "Indentation" not in words:
        assert f'File "<loss>", line {line}' in error["traceback"]
        # The reader's own line, and nothing of ours.
        assert code.splitlines()[line - 1].strip() in error["traceback"]
        assert ".py" not in error["traceback"]
    assert len(error["traceback"]) < 5000


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("def update(w, g, m, v, t, lr, b1, b2, eps, wd):\n    return w", None, "three arrays"),
        ("def update(w, g, m, v, t, lr, b1, b2, eps, wd):\n    return w, m", None, "got 2 values"),
        ("def update(*a):\n    return a[0][:1], a[2], a[3]", None, "w must keep its shape"),
        ("def update(w):\n    return w, w, w", None, "TypeError"),
        ("def update(*a):\n    raise ValueError('no')", 2, "ValueError: no"),
    ],
)
def test_a_mistake_in_a_rule_is_told_at_its_line(code, line, words):
    error = failure(ask(rules={"right": code}))
    assert error["where"] == "rules.right"
    assert error["line"] == line
    assert words in error["message"]


def test_numbers_that_are_not_finite_are_shown_as_such():
    arrays = columns(ask("def loss(w):\n    return float('nan')"))
    assert math.isnan(arrays["left.loss"][-1])
    arrays = columns(ask("def loss(w):\n    return w[0] ** 400", start=(1e30,)))
    assert not np.isfinite(arrays["left.loss"][0])


def test_what_is_printed_is_caught_and_limited():
    answer = ask("print('hello')\n" + QUADRATIC, steps=3)
    assert head(answer)["output"] == "hello\n"
    noisy = "def loss(w):\n    print('x' * 5000)\n    return 1.0\n"
    assert len(head(ask(noisy, steps=30))["output"]) == 10_000
    assert sys.stdout is not None


def test_modules_that_reach_the_page_are_there_again_afterwards():
    sentinel = object()
    sys.modules["js"] = sentinel  # type: ignore[assignment]
    try:
        failure(ask("import js\ndef loss(w): return 1"))
        assert sys.modules["js"] is sentinel
    finally:
        del sys.modules["js"]
    assert "pyodide" not in sys.modules


@pytest.mark.parametrize("start", [[], ["a"], [math.inf], [True], [0.0] * 17, None, 3], ids=repr)
def test_a_start_that_is_none(start):
    specs = {"left": spec(ADAMW), "right": spec(OTHER)}
    request = json.dumps({"specs": specs, "loss": QUADRATIC, "start": start})
    assert "1 to 16 finite numbers" in failure(playground.own_curves(request))["message"]


@pytest.mark.parametrize("loss", [3, ["a"], "#" * 60_000], ids=["number", "list", "long"])
def test_code_that_is_no_text(loss):
    assert "must be text" in failure(ask(loss))["message"]


def test_refusals_come_before_the_code_runs():
    answer = ask("1 / 0", left=spec(ADAMW, hyperparameters={"lr": -1.0}))
    assert failure(answer)["field"] == "lr"
