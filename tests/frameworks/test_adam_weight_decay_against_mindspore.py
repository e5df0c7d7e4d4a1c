"""AdamWeightDecay against the real mindspore.nn.AdamWeightDecay, in both of MindSpore's modes."""

import numpy as np
import pytest

from adamwd import AdamW, AdamWeightDecay, Parameter
from tests.frameworks.agreement import Watch, gradients

STEPS, SIZE = 100, 100_000


def tensors(mindspore, arrays):
    return tuple(mindspore.Tensor(np.array(a)) for a in arrays)


def values(parameters):
    # asnumpy() is a live view of the parameter.
    return [np.array(p.asnumpy()) for p in parameters]


def twins(mindspore, starts):
    """Return the same parameters for MindSpore and for the reference, from arrays by name."""
    theirs = {
        name: mindspore.Parameter(mindspore.Tensor(a.copy()), name=name)
        for name, a in starts.items()
    }
    ours = {name: Parameter(a.copy(), name) for name, a in starts.items()}
    return theirs, ours


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_step_by_step(mindspore, mindspore_mode, random, dtype, weight_decay):
    theirs, ours = twins(mindspore, {"w": random.standard_normal(SIZE).astype(dtype)})
    settings = {"learning_rate": 1e-2, "weight_decay": weight_decay}
    real = mindspore.nn.AdamWeightDecay(list(theirs.values()), **settings)
    reference = AdamWeightDecay(list(ours.values()), **settings)
    watch = Watch(f"adam_weight_decay/{dtype}")
    for gradient in gradients(random, STEPS, SIZE, dtype):
        before = ours["w"].data.copy()
        real(tensors(mindspore, [gradient]))
        reference((gradient,))
        watch.see(
            before,
            (ours["w"].data, reference.moments1[0].data, reference.moments2[0].data),
            values([theirs["w"], real.moments1[0], real.moments2[0]]),
        )
    watch.check()


def test_float16_bit_for_bit(mindspore, random):
    theirs, ours = twins(mindspore, {"w": random.standard_normal(10_000).astype("float16")})
    settings = {"learning_rate": 1e-2, "weight_decay": 0.1}
    real = mindspore.nn.AdamWeightDecay(list(theirs.values()), **settings)
    reference = AdamWeightDecay(list(ours.values()), **settings)
    for gradient in gradients(random, 30, 10_000, "float16"):
        real(tensors(mindspore, [gradient]))
        reference((gradient,))
        np.testing.assert_array_equal(ours["w"].data, values([theirs["w"]])[0])


@pytest.mark.parametrize(
    "settings",
    [{}, {"beta1": 0.5, "beta2": 0.9}, {"beta2": 1 - 1e-9}, {"eps": 1e-3}, {"learning_rate": 1}],
    ids=str,
)
@pytest.mark.parametrize("shape", [(), (1,), (3,), (17,), (2, 3, 5)], ids=str)
def test_shapes_and_hyperparameters(mindspore, random, shape, settings):
    start = np.asarray(random.standard_normal(shape), np.float32)
    theirs, ours = twins(mindspore, {"w": start})
    real = mindspore.nn.AdamWeightDecay(list(theirs.values()), **settings)
    reference = AdamWeightDecay(list(ours.values()), **settings)
    for _ in range(5):
        gradient = np.asarray(random.standard_normal(shape), np.float32)
        real(tensors(mindspore, [gradient]))
        reference((gradient,))
        np.testing.assert_array_equal(ours["w"].data, values([theirs["w"]])[0])


NAMES = ("conv.weight", "bn.gamma", "bn.beta", "gamma_net.dense.weight", "Beta", "alphabet.bias")


def learning_rate_list(mindspore):
    return [0.1, 0.05, 0.02, 0.01, 0.005, 0.001]


def exponential_schedule(mindspore):
    return mindspore.nn.ExponentialDecayLR(0.1, 0.5, 2)


GROUPINGS = {
    "no groups": lambda p: list(p.values()),
    "one group": lambda p: [{"params": list(p.values())}],
    "the seed's groups": lambda p: [
        {"params": [p["conv.weight"]], "weight_decay": 0.01, "grad_centralization": True},
        {"params": [p[n] for n in NAMES[1:]], "lr": 0.01},
        {"order_params": list(p.values())},
    ],
    "reordered": lambda p: [
        {"params": [p[n] for n in NAMES[:3]], "lr": 0.2, "weight_decay": 0.5},
        {"params": [p[n] for n in NAMES[3:]], "weight_decay": 0.0},
        {"order_params": [p[n] for n in reversed(NAMES)]},
    ],
    "a generator": lambda p: [
        {"params": (p[n] for n in NAMES[:2])},
        {"params": [p[n] for n in NAMES[2:]], "lr": 0.2},
    ],
    "a list of rates in a group": lambda p: [
        {"params": [p[n] for n in NAMES[:2]], "lr": [0.3, 0.2, 0.1, 0.1, 0.1, 0.1]},
        {"params": [p[n] for n in NAMES[2:]]},
    ],
}


@pytest.mark.parametrize("grouping", GROUPINGS.values(), ids=GROUPINGS)
@pytest.mark.parametrize(
    "rate", [0.1, learning_rate_list, exponential_schedule], ids=["fixed", "list", "schedule"]
)
def test_groups_names_order_and_schedules(mindspore, mindspore_mode, random, grouping, rate):
    starts = {name: random.standard_normal(4).astype(np.float32) for name in NAMES}
    theirs, ours = twins(mindspore, starts)
    real_rate = reference_rate = rate
    if callable(rate):
        real_rate = reference_rate = rate(mindspore)
        if rate is exponential_schedule:
            schedule = rate(mindspore)

            def reference_rate(step):
                return schedule(mindspore.Tensor([step], mindspore.int32)).asnumpy().item()

    real = mindspore.nn.AdamWeightDecay(grouping(theirs), learning_rate=real_rate, weight_decay=0.1)
    reference = AdamWeightDecay(grouping(ours), learning_rate=reference_rate, weight_decay=0.1)
    order = [p.name for p in real.parameters]
    assert [p.name for p in reference.parameters] == order
    for _ in range(6):
        given = {name: random.standard_normal(4).astype(np.float32) for name in order}
        real(tensors(mindspore, given.values()))
        reference(tuple(given.values()))
        for name in NAMES:
            np.testing.assert_array_equal(ours[name].data, values([theirs[name]])[0], name)
    assert list(reference.parameters_dict())[1:] == [
        *order,
        *(f"adam_m.{n}" for n in order),
        *(f"adam_v.{n}" for n in order),
    ]
    assert {p.name for p in real.moments1} == {p.name for p in reference.moments1}


def test_weight_decay_as_a_cell(mindspore, random):
    class Decay(mindspore.nn.Cell):
        def construct(self, global_step):
            return 0.1 * (global_step + 1)

    starts = {"w": random.standard_normal(4).astype(np.float32), "bn.gamma": np.ones(4, "f4")}
    theirs, ours = twins(mindspore, starts)
    real = mindspore.nn.AdamWeightDecay(list(theirs.values()), weight_decay=Decay())
    reference = AdamWeightDecay(
        list(ours.values()),
        weight_decay=lambda step: np.float32(0.1) * np.float32(step + 1),
    )
    for _ in range(5):
        given = [random.standard_normal(4).astype(np.float32) for _ in starts]
        real(tensors(mindspore, given))
        reference(tuple(given))
        for name in starts:
            np.testing.assert_array_equal(ours[name].data, values([theirs[name]])[0])


def test_gradients_too_large_for_float32(mindspore):
    theirs, ours = twins(mindspore, {"w": np.ones(4, np.float32)})
    real = mindspore.nn.AdamWeightDecay(list(theirs.values()))
    reference = AdamWeightDecay(list(ours.values()))
    gradient = np.array([2e19, 1.0, np.nan, np.inf], np.float32)
    with np.errstate(all="ignore"):
        for _ in range(3):
            real(tensors(mindspore, [gradient]))
            reference((gradient,))
            np.testing.assert_array_equal(ours["w"].data, values([theirs["w"]])[0])


def test_a_state_of_mindspore_goes_on_in_the_reference(mindspore, random):
    theirs, ours = twins(mindspore, {"w": random.standard_normal(5).astype(np.float32)})
    real = mindspore.nn.AdamWeightDecay(list(theirs.values()))
    reference = AdamWeightDecay(list(ours.values()))
    given = gradients(random, 10, 5, "float32")
    for gradient in given[:5]:
        real(tensors(mindspore, [gradient]))
    reference.load_parameters_dict(
        {name: np.array(p.asnumpy()) for name, p in real.parameters_dict().items()}
    )
    for gradient in given[5:]:
        real(tensors(mindspore, [gradient]))
        reference((gradient,))
    np.testing.assert_array_equal(ours["w"].data, values([theirs["w"]])[0])


@pytest.mark.parametrize(
    "settings",
    [{}, {"amsgrad": True}, {"maximize": True}, {"betas": (0.5, 0.9), "eps": 1e-4}],
    ids=str,
)
def test_the_experimental_adamw_follows_the_reference_of_torch(mindspore, random, settings):
    start = random.standard_normal(1000).astype(np.float32)
    parameter = mindspore.Parameter(mindspore.Tensor(start.copy()), name="w")
    real = mindspore.experimental.optim.AdamW([parameter], lr=1e-2, **settings)
    w = start.copy()
    reference = AdamW([w], lr=1e-2, **settings)
    watch = Watch("experimental/float32")
    for gradient in gradients(random, 50, len(start), "float32"):
        before = w.copy()
        real(tensors(mindspore, [gradient]))
        reference.step([gradient])
        state = next(iter(reference.state.values()))
        watch.see(
            before,
            (w, state["exp_avg"], state["exp_avg_sq"]),
            values([parameter, real.exp_avg[0], real.exp_avg_sq[0]]),
        )
    watch.check()
