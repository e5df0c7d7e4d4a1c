"""Stand-ins for adamwd.claims.runs that run the NumPy references: whole, to be broken by tests."""

from inspect import isfunction
from types import SimpleNamespace

import numpy as np

from adamwd import AdamW, AdamWeightDecay, Parameter
from adamwd.claims import runs

REAL_MINDSPORE = runs.MindSpore


def by_name(parameters, groups):
    """Return the parameters, or the groups with parameters in the place of names."""
    if groups is None:
        return list(parameters.values())
    return [
        {
            key: [parameters[name] for name in value] if key.endswith("params") else value
            for key, value in group.items()
        }
        for group in groups
    ]


class NumpyTorch:
    """What runs.Torch does, with the reference."""

    def __init__(self, starts, groups=None, **options):
        self.parameters = {name: Parameter(np.array(value), name) for name, value in starts.items()}
        self.optimizer = self.make(by_name(self.parameters, groups), **options)

    def make(self, params, **options):
        return AdamW(params, **options)

    def step(self, gradients):
        order = [p for group in self.optimizer.param_groups for p in group["params"]]
        self.optimizer.step([gradients.get(p.name) for p in order])

    def value(self, name):
        return self.parameters[name].data.copy()


class NumpyMindSpore:
    """What runs.MindSpore does, with the reference; other optimizers than the default are real."""

    def __new__(cls, starts, groups=None, make=None, **options):
        if make is not None:
            return REAL_MINDSPORE(starts, groups, make, **options)
        return super().__new__(cls)

    def __init__(self, starts, groups=None, make=None, **options):
        # The reference takes a function in the place of a Cell; MindSpore takes a Cell only.
        if any(isfunction(option) for option in options.values()):
            raise TypeError("a function")
        self.mindspore = SimpleNamespace(Tensor=np.array)
        self.parameters = {name: Parameter(np.array(value), name) for name, value in starts.items()}
        self.optimizer = self.make(by_name(self.parameters, groups), **options)

    def make(self, params, **options):
        return AdamWeightDecay(params, **options)

    def step(self, gradients):
        self.optimizer(tuple(gradients[p.name] for p in self.optimizer.parameters))

    def value(self, name):
        return self.parameters[name].data.copy()
