"""Fixed learning rates in groups where another learning rate is dynamic."""

from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim

Array = np.ndarray[Any, Any]
ONE, ZERO = np.ones(1, np.float32), np.zeros(1, np.float32)
LARGEST_LOST = 2.0**-24
RATES = {
    "1e-4": 1e-4,
    "2e-5": 2e-5,
    "1e-6": 1e-6,
    "1e-7": 1e-7,
    "just above 2^-24": float(np.nextafter(np.float32(LARGEST_LOST), np.float32(1))),
    "2^-24": LARGEST_LOST,
    "5e-8": 5e-8,
}


@claim(
    "groups.fixed-rate-beside-dynamic",
    zh="只要有一处学习率是动态的（列表或调度），而某个组又写了 lr，其余固定的学习率"
    "就都会被 MindSpore 在 float32 里先加一再减一：常用的微调学习率会走样，"
    "特别小的学习率直接变成零，那一组参数不再训练。全部固定时没有这个问题。",
    en="As soon as one learning rate is dynamic (a list or a schedule) and some group sets lr, "
    "MindSpore adds one to every fixed rate and subtracts it again, in float32: rates as used for "
    "fine-tuning are bent, very small ones become zero and their group is no longer trained. "
    "Where all rates are fixed, nothing of the kind happens.",
    failure_zh="说明 MindSpore 修正了固定学习率的舍入问题。",
    failure_en="MindSpore has mended the rounding of fixed rates.",
    needs=("mindspore",),
)
def fixed_rate_beside_dynamic(m: Measurements) -> None:
    """A step with gradient 0 and a huge weight decay shows the rate that was applied."""
    large = 2.0**40

    def applied(groups: list[dict[str, Any]], **options: Any) -> dict[str, float]:
        starts = {name: ONE for group in groups for name in group["params"]}
        run = runs.MindSpore(starts, groups, weight_decay=large, **options)
        run.step(dict.fromkeys(starts, ZERO))
        return {name: (1.0 - float(run.value(name)[0])) / large for name in starts}

    fixed: list[dict[str, Any]] = [{"params": [name], "lr": rate} for name, rate in RATES.items()]
    plain = applied([*fixed, {"params": ["other"], "lr": 0.1}])
    bent = applied([*fixed, {"params": ["other"], "lr": [0.1, 0.1]}])
    one = np.float32(1)
    for name, rate in RATES.items():
        m.close(f"{name} with fixed rates only", plain[name], rate, 2e-7)
        expected = float((np.float32(rate) + one) - one)
        if expected:
            m.close(f"{name} beside a list", bent[name], expected, 2e-7)
        else:
            m.equal(f"{name} beside a list", bent[name], 0.0)
    groups: list[dict[str, Any]] = [{"params": ["a"]}, {"params": ["b"], "lr": [0.1, 0.1]}]
    default = applied(groups, learning_rate=1e-4)["a"]
    m.close("default of 1e-4 beside a list", default, float(np.float32(1.0001) - one), 2e-7)
