"""The claims of validation, state, reloading and availability fail where what they claim is broken.

Each stand-in breaks one thing; the check must then report a measurement that does not hold.
"""

import copy
import math
import warnings

import numpy as np
import pytest

from adamwd.claims import CLAIMS, Measurements, loading


def measurements(claim_id):
    measured = Measurements()
    CLAIMS[claim_id].check(measured)
    assert measured.items
    return measured.items


def adam_weight_decay_as(patch, mindspore, make):
    real = mindspore.nn.AdamWeightDecay
    patch.setattr(
        mindspore.nn, "AdamWeightDecay", lambda params, **options: make(real, params, options)
    )


def zero_eps_accepted(patch, torch, mindspore):
    def make(real, params, options):
        return real(params, **{**options, "eps": options.get("eps") or 1e-6})

    adam_weight_decay_as(patch, mindspore, make)


def infinite_rate_refused_by_torch(patch, torch, mindspore):
    class Strict(torch.optim.AdamW):
        def __init__(self, params, lr=1e-3, **options):
            if lr == math.inf:
                raise ValueError(lr)
            super().__init__(params, lr=lr, **options)

    patch.setattr(torch.optim, "AdamW", Strict)


def zero_beta_that_halves_steps(patch, torch, mindspore):
    class Half(torch.optim.AdamW):
        def __init__(self, params, lr=1e-3, **options):
            super().__init__(params, lr=lr / 2, **options)

    patch.setattr(torch.optim, "AdamW", Half)


def nan_beta_refused(patch, torch, mindspore):
    def make(real, params, options):
        if any(options.get(name) != options.get(name) for name in ("beta1", "beta2")):
            raise ValueError("NaN")
        return real(params, **options)

    adam_weight_decay_as(patch, mindspore, make)


def nan_beta_ignored(patch, torch, mindspore):
    def make(real, params, options):
        return real(params, **{name: v for name, v in options.items() if v == v})

    adam_weight_decay_as(patch, mindspore, make)


def tensor_rate_checked(patch, torch, mindspore):
    def make(real, params, options):
        rate = options.get("learning_rate")
        if isinstance(rate, mindspore.Tensor):
            options["learning_rate"] = float(rate.asnumpy())
        return real(params, **options)

    adam_weight_decay_as(patch, mindspore, make)


def duplicates_dropped_by_torch(patch, torch, mindspore):
    class Once(torch.optim.AdamW):
        def __init__(self, params, **options):
            super().__init__(list(dict.fromkeys(params)), **options)

    patch.setattr(torch.optim, "AdamW", Once)


def other_state_names(patch, torch, mindspore):
    def make(real, params, options):
        optimizer = real(params, **options)
        for moment in optimizer.moments1:
            moment.name = moment.name.replace("adam_m.", "moment1.")
        return optimizer

    adam_weight_decay_as(patch, mindspore, make)


def torch_state_at_construction(patch, torch, mindspore):
    class Early(torch.optim.AdamW):
        def __init__(self, params, **options):
            params = list(params)
            super().__init__(params, **options)
            for parameter in params:
                self.state[parameter]["step"] = torch.tensor(0.0)
                self.state[parameter]["exp_avg"] = torch.zeros_like(parameter)
                self.state[parameter]["exp_avg_sq"] = torch.zeros_like(parameter)

    patch.setattr(torch.optim, "AdamW", Early)


def counter_from_one(patch, torch, mindspore):
    def make(real, params, options):
        optimizer = real(params, **options)
        optimizer.global_step.set_data(mindspore.Tensor([1], mindspore.int32))
        return optimizer

    adam_weight_decay_as(patch, mindspore, make)


def loads_without(name):
    def broken(patch, torch, mindspore):
        real = mindspore.load_param_into_net

        def load(net, weights):
            return real(net, {k: v for k, v in weights.items() if not k.startswith(name)})

        patch.setattr(mindspore, "load_param_into_net", load)

    return broken


def torch_resumes_at_step_zero(patch, torch, mindspore):
    class Forgetful(torch.optim.AdamW):
        def load_state_dict(self, state_dict):
            super().load_state_dict(state_dict)
            for entries in self.state.values():
                entries["step"] = torch.tensor(0.0)

    patch.setattr(torch.optim, "AdamW", Forgetful)


def torch_loads_in_reverse(patch, torch, mindspore):
    class Reverse(torch.optim.AdamW):
        def load_state_dict(self, state_dict):
            entries = state_dict["state"]
            last = len(entries) - 1
            moved = {last - index: value for index, value in entries.items()}
            super().load_state_dict({**state_dict, "state": moved})

    patch.setattr(torch.optim, "AdamW", Reverse)


def torch_copies_state(patch, torch, mindspore):
    class Copying(torch.optim.AdamW):
        def load_state_dict(self, state_dict):
            super().load_state_dict(copy.deepcopy(state_dict))

    patch.setattr(torch.optim, "AdamW", Copying)


def set_data_that_assigns(patch, torch, mindspore):
    def set_data(self, data, slice_shape=False):
        mindspore.ops.assign(self, data)

    patch.setattr(mindspore.Parameter, "set_data", set_data)


def set_data_that_does_nothing(patch, torch, mindspore):
    patch.setattr(mindspore.Parameter, "set_data", lambda self, data, slice_shape=False: None)


def no_graph_mode(patch, torch, mindspore):
    real = loading.mindspore_mode
    patch.setattr(loading, "mindspore_mode", lambda name: real("PYNATIVE_MODE"))


def graph_mode_instead(patch, torch, mindspore):
    real = loading.mindspore_mode
    patch.setattr(loading, "mindspore_mode", lambda name: real("GRAPH_MODE"))


def experimental_is_adam_weight_decay(patch, torch, mindspore):
    def make(params, lr=1e-3, **options):
        return mindspore.nn.AdamWeightDecay(params, learning_rate=lr, **options)

    patch.setattr(mindspore.experimental.optim, "AdamW", make)


def assign_that_sets_data(patch, torch, mindspore):
    patch.setattr(mindspore.ops, "assign", lambda parameter, value: parameter.set_data(value))


def torch_always_assigns(patch, torch, mindspore):
    real = torch.nn.Module.load_state_dict
    patch.setattr(
        torch.nn.Module,
        "load_state_dict",
        lambda self, state, assign=False: real(self, state, assign=True),
    )


def torch_never_assigns(patch, torch, mindspore):
    real = torch.nn.Module.load_state_dict
    patch.setattr(
        torch.nn.Module,
        "load_state_dict",
        lambda self, state, assign=False: real(self, state, assign=False),
    )


def asnumpy_that_copies(patch, torch, mindspore):
    real = mindspore.Parameter.asnumpy
    patch.setattr(mindspore.Parameter, "asnumpy", lambda self: np.array(real(self)))


def loading_that_copies(patch, torch, mindspore):
    real = mindspore.load_param_into_net

    def load(net, weights):
        copies = {
            name: mindspore.Parameter(mindspore.Tensor(np.array(value.asnumpy())), name=name)
            for name, value in weights.items()
        }
        return real(net, copies)

    patch.setattr(mindspore, "load_param_into_net", load)


def deprecation_warned(patch, torch, mindspore):
    def make(real, params, options):
        warnings.warn("deprecated", DeprecationWarning, stacklevel=2)
        return real(params, **options)

    adam_weight_decay_as(patch, mindspore, make)


def deprecation_logged(patch, torch, mindspore):
    def make(real, params, options):
        mindspore.log.warning("deprecated")
        return real(params, **options)

    adam_weight_decay_as(patch, mindspore, make)


def removed(patch, torch, mindspore):
    patch.delattr(mindspore.nn, "AdamWeightDecay")


def mint_runs(patch, torch, mindspore):
    patch.setattr(mindspore.mint.optim, "AdamW", mindspore.experimental.optim.AdamW)


def fused_of_another_eps(patch, torch, mindspore):
    class Fused(torch.optim.AdamW):
        def __init__(self, params, fused=None, **options):
            super().__init__(params, fused=fused, eps=1e-3 if fused else 1e-8, **options)

    patch.setattr(torch.optim, "AdamW", Fused)


CASES = [
    ("validation.zero-eps", zero_eps_accepted),
    ("validation.infinite-learning-rate", infinite_rate_refused_by_torch),
    ("validation.beta-zero", zero_beta_that_halves_steps),
    ("validation.beta-nan", nan_beta_refused),
    ("validation.beta-nan", nan_beta_ignored),
    ("validation.tensor-learning-rate", tensor_rate_checked),
    ("validation.duplicate-in-list", duplicates_dropped_by_torch),
    ("state.names", other_state_names),
    ("state.allocation", torch_state_at_construction),
    ("state.step-counter", counter_from_one),
    ("state.step-origin", counter_from_one),
    ("state.round-trip", loads_without("adam_v")),
    ("state.round-trip", loads_without("adam_m")),
    ("state.torch-round-trip", torch_resumes_at_step_zero),
    ("state.loaded-learning-rate", loads_without("learning_rate")),
    ("state.schedule-shape", loads_without("learning_rate")),
    ("state.parameter-order", torch_loads_in_reverse),
    ("state.torch-shared", torch_copies_state),
    ("reloading.set-data", set_data_that_assigns),
    ("reloading.set-data", set_data_that_does_nothing),
    ("reloading.set-data", graph_mode_instead),
    ("reloading.assign-value", graph_mode_instead),
    ("reloading.load-param-into-net", set_data_that_assigns),
    ("reloading.other-optimizers", set_data_that_assigns),
    ("reloading.experimental", experimental_is_adam_weight_decay),
    ("reloading.graph-mode", no_graph_mode),
    ("reloading.safe-ways", assign_that_sets_data),
    ("reloading.old-buffer", set_data_that_assigns),
    ("reloading.optimizer-state", set_data_that_assigns),
    ("reloading.no-rescue", set_data_that_assigns),
    ("reloading.torch", torch_always_assigns),
    ("reloading.torch-assign", torch_never_assigns),
    ("reloading.live-view", asnumpy_that_copies),
    ("reloading.shared-memory", loading_that_copies),
    ("availability.deprecated", deprecation_warned),
    ("availability.deprecated", deprecation_logged),
    ("availability.after-removal", removed),
    ("availability.mint-cpu", mint_runs),
    ("availability.experimental-follows", experimental_is_adam_weight_decay),
    ("availability.torch-implementations", fused_of_another_eps),
]


@pytest.mark.parametrize("claim_id", dict.fromkeys(claim_id for claim_id, _ in CASES))
def test_the_claim_holds(torch, mindspore, claim_id):
    assert [item for item in measurements(claim_id) if not item.holds] == []


@pytest.mark.parametrize(
    ("claim_id", "broken"), CASES, ids=[f"{name}-{make.__name__}" for name, make in CASES]
)
def test_the_claim_fails_where_it_is_broken(torch, mindspore, monkeypatch, claim_id, broken):
    broken(monkeypatch, torch, mindspore)
    assert any(not item.holds for item in measurements(claim_id))
