"""The claims of decay, groups, schedules and calls fail where what they claim is broken.

The frameworks are replaced by the NumPy references: whole ones, with which the check must hold,
and ones with a single thing broken, with which a measurement must not hold.
"""

import numpy as np
import pytest

from adamwd import adam_weight_decay
from adamwd.claims import CLAIMS, Measurements, runs
from tests.frameworks.stand_ins import NumpyMindSpore, NumpyTorch


def measured(claim_id):
    """Run a check and return its measurements, also where the broken thing makes it stop."""
    measurements, error = Measurements(), None
    try:
        CLAIMS[claim_id].check(measurements)
    except Exception as stopped:
        error = stopped
    return measurements.items, error


class FilterOff(NumpyMindSpore):
    def make(self, params, **options):
        optimizer = super().make(params, **options)
        optimizer.decay_flags = (True,) * len(optimizer.parameters)
        return optimizer


class FilterOnLastPart(NumpyMindSpore):
    def make(self, params, **options):
        optimizer = super().make(params, **options)
        last = [p.name.rpartition(".")[2] for p in optimizer.parameters]
        optimizer.decay_flags = tuple(name not in ("beta", "gamma") for name in last)
        return optimizer


class FilterInGroups(NumpyMindSpore):
    def make(self, params, **options):
        optimizer = super().make(params, **options)
        names = [p.name for p in optimizer.parameters]
        optimizer.decay_flags = tuple("beta" not in n and "gamma" not in n for n in names)
        return optimizer


class FilterAtEachStep(NumpyMindSpore):
    def step(self, gradients):
        names = [p.name for p in self.optimizer.parameters]
        self.optimizer.decay_flags = tuple("gamma" not in name for name in names)
        super().step(gradients)


class NoFilterForDynamicDecay(NumpyMindSpore):
    def make(self, params, **options):
        optimizer = super().make(params, **options)
        if callable(options.get("weight_decay")):
            optimizer.decay_flags = (True,) * len(optimizer.parameters)
        return optimizer


class FilterInTorch(NumpyTorch):
    def make(self, params, **options):
        kept = [p for p in params if "gamma" not in p.name]
        skipped = [p for p in params if "gamma" in p.name]
        groups = [{"params": kept}, {"params": skipped, "weight_decay": 0.0}]
        return super().make(groups, **options)


class AnyKey(NumpyMindSpore):
    def make(self, params, **options):
        known = adam_weight_decay.GROUP_KEYS
        groups = [{key: v for key, v in group.items() if key in known} for group in params]
        return super().make(groups, **options)


class OtherNameForTheRate(NumpyTorch):
    def make(self, params, **options):
        renamed = [{**group, "lr": group.get("learning_rate", 1.0)} for group in params]
        return super().make(renamed, **options)


class GroupsValidated(NumpyTorch):
    def make(self, params, **options):
        for group in params:
            if isinstance(group, dict) and group.get("lr", 0.0) < 0:
                raise ValueError(group["lr"])
        return super().make(params, **options)


class OneSetOfBetasAndEps(NumpyTorch):
    def make(self, params, **options):
        return super().make([{"params": group["params"]} for group in params], **options)


class Centralizing(NumpyMindSpore):
    def make(self, params, **options):
        self.centralized = {
            p.name for g in params if g.get("grad_centralization") for p in g["params"]
        }
        return super().make(params, **options)

    def step(self, gradients):
        new = {
            name: g - g.mean(axis=tuple(range(1, g.ndim)), keepdims=True)
            if name in self.centralized
            else g
            for name, g in gradients.items()
        }
        super().step(new)


class EmptyGroupsDropped(NumpyMindSpore):
    def make(self, params, **options):
        return super().make([group for group in params if group["params"]], **options)


class SettingsStayWhereTheyWere(NumpyMindSpore):
    def make(self, params, **options):
        plain = super().make([g for g in params if "order_params" not in g], **options)
        optimizer = super().make(params, **options)
        optimizer.learning_rates = plain.learning_rates
        return optimizer


class GradientsInTheOrderOfTheNetwork(NumpyMindSpore):
    def make(self, params, **options):
        ordered = [*params, {"order_params": list(self.parameters.values())}]
        return super().make(ordered, **options)


class BeginsAtTheSecondEntry(NumpyMindSpore):
    def make(self, params, **options):
        optimizer = super().make(params, **options)
        optimizer.global_step += 1
        return optimizer


class NoNegativeEntries(NumpyMindSpore):
    def make(self, params, **options):
        optimizer = super().make(params, **options)
        optimizer.learning_rates = tuple(np.maximum(rate, 0) for rate in optimizer.learning_rates)
        return optimizer


class ListsCutToOneLength(NumpyMindSpore):
    def make(self, params, **options):
        cut = [{**g, "lr": g["lr"][:2]} if "lr" in g else g for g in params]
        if "learning_rate" in options:
            options["learning_rate"] = options["learning_rate"][:2]
        return super().make(cut, **options)


class LastEntryForEver(NumpyMindSpore):
    def make(self, params, **options):
        options["learning_rate"] = options["learning_rate"] * 10
        return super().make(params, **options)


class NoneIsZero(NumpyTorch):
    def step(self, gradients):
        zero = np.zeros(1, np.float32)
        super().step({name: zero if g is None else g for name, g in gradients.items()})


class AnyShape(NumpyMindSpore):
    def make(self, params, **options):
        optimizer = super().make(params, **options)
        return Called(optimizer, lambda gradients: tuple(np.resize(g, 2) for g in gradients))


class AnySequence(NumpyMindSpore):
    def make(self, params, **options):
        return Called(super().make(params, **options), tuple)


class Called:
    """An optimizer whose gradients go through a function first."""

    def __init__(self, optimizer, prepare):
        self.optimizer, self.prepare = optimizer, prepare
        self.parameters = optimizer.parameters

    def __call__(self, gradients):
        return self.optimizer(self.prepare(gradients))


class TorchsNames(NumpyMindSpore):
    def make(self, params, **options):
        if "lr" in options:
            options["learning_rate"] = options.pop("lr")
        return super().make(params, **options)


class NoAmsgrad(NumpyTorch):
    def make(self, params, **options):
        return super().make(params, **{**options, "amsgrad": False})


MINDSPORE = {
    "decay.name-filter": FilterOff,
    "decay.name-filter-substring": FilterOnLastPart,
    "decay.grouping-switches-filter-off": FilterInGroups,
    "decay.filter-with-dynamic-decay": NoFilterForDynamicDecay,
    "decay.filter-fixed-at-construction": FilterAtEachStep,
    "groups.keys": AnyKey,
    "groups.grad-centralization-ignored": Centralizing,
    "groups.empty-group": EmptyGroupsDropped,
    "groups.order-params-only-reorders": SettingsStayWhereTheyWere,
    "groups.gradients-by-position": GradientsInTheOrderOfTheNetwork,
    "schedules.first-step-first-entry": BeginsAtTheSecondEntry,
    "schedules.entries-not-validated": NoNegativeEntries,
    "schedules.lists-of-one-length": ListsCutToOneLength,
    "schedules.end-of-list-graph": LastEntryForEver,
    "schedules.weight-decay-cell": BeginsAtTheSecondEntry,
    "calls.gradients-as-tuple": AnySequence,
    "calls.gradient-shape": AnyShape,
    "calls.argument-names": TorchsNames,
}
TORCH = {
    "decay.torch-never-filters": FilterInTorch,
    "groups.torch-keeps-unknown-keys": OtherNameForTheRate,
    "groups.torch-does-not-validate-values": GroupsValidated,
    "groups.torch-betas-and-eps-by-group": OneSetOfBetasAndEps,
    "calls.none-gradient": NoneIsZero,
    "calls.experimental-amsgrad-and-maximize": NoAmsgrad,
}
BROKEN = [("MindSpore", *item) for item in MINDSPORE.items()]
BROKEN += [("Torch", *item) for item in TORCH.items()]
WHOLE = {"MindSpore": NumpyMindSpore, "Torch": NumpyTorch}


@pytest.fixture(autouse=True)
def frameworks(torch, mindspore):
    """The checks run inside of frameworks that are imported already."""


@pytest.mark.parametrize(("framework", "claim_id", "broken"), BROKEN, ids=[b[1] for b in BROKEN])
def test_a_check_holds_with_the_whole_reference_and_fails_with_the_broken_one(
    monkeypatch, framework, claim_id, broken
):
    monkeypatch.setattr(runs, framework, WHOLE[framework])
    items, error = measured(claim_id)
    assert error is None
    assert items
    assert [item for item in items if not item.holds] == []

    monkeypatch.setattr(runs, framework, broken)
    items, _ = measured(claim_id)
    assert [item.name for item in items if not item.holds]


def test_fixed_rates_that_are_left_alone_are_noticed(monkeypatch):
    monkeypatch.setattr(runs, "MindSpore", NumpyMindSpore)
    items, error = measured("groups.fixed-rate-beside-dynamic")
    assert error is None
    assert all(item.holds for item in items)

    monkeypatch.setattr(adam_weight_decay, "_plus_and_minus_one", lambda rate: rate)
    items, _ = measured("groups.fixed-rate-beside-dynamic")
    wrong = {item.name for item in items if not item.holds}
    assert "1e-4 beside a list" in wrong
    assert "5e-8 beside a list" in wrong
    assert not any(name.endswith("with fixed rates only") for name in wrong)


def test_hyperparameters_that_are_read_at_each_step_are_noticed(monkeypatch):
    # The reference itself reads them anew, which the claim denies of MindSpore.
    monkeypatch.setattr(runs, "MindSpore", NumpyMindSpore)
    items, _ = measured("schedules.hyperparameters-fixed-after-first-step")
    wrong = {item.name for item in items if not item.holds}
    assert {f"AdamWeightDecay, {name}: effect" for name in ("beta1", "beta2", "eps")} <= wrong


def test_a_generator_that_is_kept_is_noticed(monkeypatch, mindspore):
    real = mindspore.nn.AdamWeightDecay

    def listed(groups, **options):
        return real([{**group, "params": list(group["params"])} for group in groups], **options)

    monkeypatch.setattr(mindspore.nn, "AdamWeightDecay", listed)
    items, _ = measured("groups.generator-dropped")
    wrong = [item.name for item in items if not item.holds]
    assert wrong == ["AdamWeightDecay, the generator's parameter"]


def test_layers_whose_names_the_filter_does_not_see_are_noticed(monkeypatch, mindspore):
    real = mindspore.nn.AdamWeightDecay

    def in_one_group(params, **options):
        return real([{"params": params}], **options)

    monkeypatch.setattr(mindspore.nn, "AdamWeightDecay", in_one_group)
    for claim_id in ("decay.cell-attribute-name", "decay.batch-norm-names"):
        items, _ = measured(claim_id)
        assert [item.name for item in items if not item.holds], claim_id


def test_mint_layers_that_are_filtered_are_noticed(monkeypatch, mindspore):
    monkeypatch.setattr(mindspore.mint, "nn", mindspore.nn)
    items, _ = measured("decay.mint-norm-names")
    assert [item.name for item in items if not item.holds]


def test_an_unused_parameter_without_decay_is_noticed(monkeypatch, mindspore):
    real = mindspore.nn.AdamWeightDecay

    def only_the_first(params, **options):
        groups = [{"params": params[:1]}, {"params": params[1:], "weight_decay": 0.0}]
        return real(groups, **options)

    monkeypatch.setattr(mindspore.nn, "AdamWeightDecay", only_the_first)
    items, _ = measured("calls.unused-parameter-decays")
    wrong = [item.name for item in items if not item.holds]
    assert wrong == ["MindSpore, unused"]


def test_set_data_that_works_on_the_rate_is_noticed(monkeypatch, mindspore):
    real = mindspore.Parameter.set_data

    def set_data(self, data):
        # The optimizer makes its moments by set_data, which must go on working.
        return (
            mindspore.ops.assign(self, data) if self.name == "learning_rate" else real(self, data)
        )

    monkeypatch.setattr(mindspore.Parameter, "set_data", set_data)
    items, _ = measured("schedules.set-data-on-rate-ignored")
    wrong = [item.name for item in items if not item.holds]
    assert wrong == ["rate that is applied afterwards"]


def test_assign_that_does_not_work_on_the_rate_is_noticed(monkeypatch, mindspore):
    monkeypatch.setattr(mindspore.ops, "assign", lambda rate, new: rate.set_data(new))
    items, _ = measured("schedules.change-rate-by-assign")
    wrong = [item.name for item in items if not item.holds]
    assert wrong == ["AdamWeightDecay, after", "group, after"]
