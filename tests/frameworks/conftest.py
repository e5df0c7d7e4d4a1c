"""The real frameworks: imported once, in a scratch directory, since MindSpore may write files."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def scratch_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def torch():
    import torch

    torch.set_num_threads(2)
    return torch


@pytest.fixture(scope="session")
def mindspore():
    import mindspore
    import mindspore.experimental.optim
    import mindspore.nn

    return mindspore


@pytest.fixture(params=["PYNATIVE_MODE", "GRAPH_MODE"])
def mindspore_mode(request, mindspore):
    """MindSpore in both of its modes, and back to the default one."""
    mindspore.set_context(mode=getattr(mindspore, request.param))
    yield request.param
    mindspore.set_context(mode=mindspore.PYNATIVE_MODE)


@pytest.fixture
def random():
    return np.random.default_rng(20260101)
