"""Backends: the same kind of trace from each, and one sentence where a framework is missing."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from adamwd import BACKENDS, BackendUnavailable, Spec, SpecError, Trace, run
from adamwd.compare import first_divergent_step, trace_error
from adamwd.experiments import ADAM_WEIGHT_DECAY, ADAMW

ROOT = Path(__file__).parents[2]
GROUPED = {
    "problem": "gradient_sequence",
    "problem_options": {
        "start": {"conv.weight": [1.0, 2.0], "bn.gamma": [1.0]},
        "gradients": {"conv.weight": [[0.1, -0.2]], "bn.gamma": [[0.3], [0.0]]},
    },
    "steps": 12,
    "record": ("parameters", "first_moment", "second_moment", "update"),
}


def grouped(optimizer):
    groups = [
        {"params": ["bn.gamma"], "lr": 0.1, "weight_decay": 0.5},
        {"params": ["conv.weight"]},
    ]
    return Spec(optimizer=optimizer, groups=tuple(groups), **GROUPED)


@pytest.mark.parametrize(
    ("optimizer", "backend", "limit"),
    [
        (ADAMW, "torch", 1e-6),
        (ADAM_WEIGHT_DECAY, "mindspore", 0.0),
        ("mindspore.experimental.optim.AdamW", "mindspore", 1e-4),
    ],
)
def test_every_backend_returns_the_same_kind_of_trace(optimizer, backend, limit):
    spec = grouped(optimizer)
    real, reference = run(spec, backend), run(spec, "numpy")
    assert trace_error(real, reference) <= limit
    assert real.provenance.library == backend
    assert real.provenance.code_path
    for quantity in ("parameters", "first_moment", "second_moment", "update"):
        for name, array in getattr(real, quantity).items():
            other = getattr(reference, quantity)[name]
            assert array.dtype == other.dtype == np.float32
            assert array.shape == other.shape
    assert Trace.from_json(real.to_json()).digest() == real.digest()


def test_order_params_goes_through_the_backends():
    groups = (*grouped(ADAM_WEIGHT_DECAY).groups, {"order_params": ["conv.weight", "bn.gamma"]})
    spec = Spec(optimizer=ADAM_WEIGHT_DECAY, groups=groups, **GROUPED)
    assert run(spec, "mindspore").digest() == run(spec, "numpy").digest()


def test_the_real_optimizers_diverge_at_the_first_step():
    a = run(Spec("beale", ADAMW, steps=3), "torch")
    b = run(Spec("beale", ADAM_WEIGHT_DECAY, steps=3), "mindspore")
    assert first_divergent_step(a, b, 1e-6) == 1


@pytest.mark.parametrize("path", ["fused", "foreach"])
def test_code_paths_of_torch_are_named(path):
    trace = run(Spec("beale", ADAMW, hyperparameters={path: True}, steps=2), "torch")
    assert path in trace.provenance.code_path


def test_unknown_backends_and_optimizers_of_others():
    with pytest.raises(SpecError, match="backend must be one of"):
        run(Spec("beale", ADAMW), "jax")
    with pytest.raises(SpecError, match=r"backend mindspore has no torch\.optim\.AdamW"):
        run(Spec("beale", ADAMW), "mindspore")


@pytest.mark.parametrize("backend", [b for b in BACKENDS if b != "numpy"])
def test_a_missing_framework_is_one_sentence_with_the_command(backend, monkeypatch):
    monkeypatch.setitem(sys.modules, backend, None)
    optimizer = ADAMW if backend == "torch" else ADAM_WEIGHT_DECAY
    with pytest.raises(BackendUnavailable) as caught:
        run(Spec("beale", optimizer), backend)
    message = str(caught.value)
    assert f"pip install 'adamwd[{backend}]'" in message
    assert "\n" not in message


def test_record_without_a_framework_ends_with_exit_code_1(tmp_path):
    blocker = tmp_path / "mindspore"
    blocker.mkdir()
    (blocker / "__init__.py").write_text("raise ImportError('libmindspore.so is missing')")
    result = subprocess.run(
        [sys.executable, ROOT / "scripts/record.py", "--only", "first-step", "--output", "out"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert result.returncode == 1
    sentence = result.stderr.strip().splitlines()[-1]
    assert "libmindspore.so is missing" in sentence
    assert "pip install 'adamwd[mindspore]'" in sentence
    assert "Traceback" not in result.stderr
