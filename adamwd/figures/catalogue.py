"""Every figure by name: what it needs, what draws it, and what it shows in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adamwd.figures import decay, distance, first_step, loss, step_ratio, trajectories
from adamwd.figures.style import Draw
from adamwd.figures.text import Bilingual


@dataclass(frozen=True)
class Definition:
    """A figure.

    Attributes:
        name: Its key in `FIGURES`, and the name of its files.
        experiments: The experiments whose traces it shows.
        draw: Traces, language and theme in, figure out.
        alt: What it shows, for those who do not see it; without numbers, which its title has.
    """

    name: str
    experiments: tuple[str, ...]
    draw: Draw
    alt: Bilingual


_DEFINITIONS = (
    Definition(
        step_ratio.NAME,
        ("step-ratio",),
        step_ratio.step_ratio,
        Bilingual(
            "折线图，横轴为步数，纵轴为 AdamWeightDecay 与 AdamW 更新量之比，两轴均为对数。"
            "五组 β 的实测点都落在闭式解上：有的从 1 以上开始并先升到峰值，"
            "有的从 1 以下开始，最后都趋于 1。",
            "Line chart of the ratio of the AdamWeightDecay step to the AdamW step against the "
            "step number, both axes logarithmic. The measured points of five pairs of betas lie "
            "on the closed form: some start above 1 and rise to a peak, some start below 1, all "
            "tend to 1.",
        ),
    ),
    Definition(
        trajectories.NAME,
        trajectories.EXPERIMENTS,
        trajectories.trajectories,
        Bilingual(
            "三幅等高线图：Rosenbrock 函数、Beale 函数与病态二次函数，各画出两个优化器的轨迹。"
            "AdamWeightDecay 走在前面，在后两个函数上还冲过了头再折回。",
            "Three contour plots, of Rosenbrock's function, Beale's function and an "
            "ill-conditioned quadratic, each with both trajectories. AdamWeightDecay is ahead; "
            "on the latter two it runs too far and turns back.",
        ),
    ),
    Definition(
        loss.NAME,
        loss.EXPERIMENTS,
        loss.loss,
        Bilingual(
            "六幅损失曲线，三行为三个函数，左列为各自的默认超参数，右列为相同的超参数。"
            "AdamWeightDecay 的损失一开始下降得更快，之后几乎一直更低。",
            "Six charts of the loss: three problems in rows, each optimizer's defaults on the "
            "left, matched hyper-parameters on the right. AdamWeightDecay's loss falls faster at "
            "first and stays lower nearly everywhere.",
        ),
    ),
    Definition(
        distance.NAME,
        distance.EXPERIMENTS,
        distance.distance,
        Bilingual(
            "两幅折线图：两个参数向量的欧氏距离随步数的变化，"
            "上图为各自的默认超参数，下图为相同的超参数。"
            "距离一开始就迅速拉开，只有在双方到达同一个极小点后才消失。",
            "Two line charts of the Euclidean distance of the two parameter vectors over time, "
            "with defaults above and with matched hyper-parameters below. It opens within the "
            "first steps, and closes only where both reach the same minimum.",
        ),
    ),
    Definition(
        first_step.NAME,
        ("first-step",),
        first_step.first_step,
        Bilingual(
            "双对数图：第一步的更新量随梯度绝对值的变化。"
            "梯度大时两条曲线都是水平的，AdamWeightDecay 在上；"
            "梯度变小时 AdamWeightDecay 早得多就开始下降，因而落到 AdamW 之下。",
            "Log-log chart of the size of the first step against the size of the gradient. For "
            "large gradients both curves are level, AdamWeightDecay above; towards small ones "
            "AdamWeightDecay begins to fall far earlier, and so comes to lie below AdamW.",
        ),
    ),
    Definition(
        decay.NAME,
        ("decay",),
        decay.decay,
        Bilingual(
            "上图：梯度为 0 时三个权重随步数的变化，AdamW 的三个都按指数衰减，"
            "AdamWeightDecay 只有 dense.weight 衰减，norm.gamma 与 norm.beta 不变。"
            "下图：学习率与权重衰减之积取四种大小时已衰减的量，实测点与闭式解对照；"
            "积很小时 float32 舍入使实测偏离，最小时完全不衰减。",
            "Above: three weights under zero gradient over time; AdamW decays all three "
            "exponentially, AdamWeightDecay only dense.weight, not norm.gamma and norm.beta. "
            "Below: what has decayed for four products of learning rate and weight decay, "
            "measured points on the closed form; for small products float32 rounding moves the "
            "points off it, and for the smallest nothing decays at all.",
        ),
    ),
)

FIGURES: Mapping[str, Definition] = MappingProxyType({d.name: d for d in _DEFINITIONS})
