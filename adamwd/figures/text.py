"""Every word in the figures, in Chinese and English, side by side.

A string is a template of `str.format`; both languages take the same fields. Numbers are computed
from the traces by the figures and filled in: none is typed here. ``$...$`` is mathematics.
"""

import math
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Bilingual(NamedTuple):
    """A string in both languages."""

    zh: str
    en: str


TEXT: dict[str, Bilingual] = {
    # Axes and words that several figures share.
    "step": Bilingual("步数 $t$", "step $t$"),
    "loss": Bilingual("损失", "loss"),
    "start": Bilingual("起点", "start"),
    "minimum": Bilingual("极小点", "minimum"),
    "defaults": Bilingual("各自的默认超参数", "Each with its defaults"),
    "matched": Bilingual("相同的超参数", "Matched hyper-parameters"),
    "defaults short": Bilingual("各自默认", "defaults"),
    "matched short": Bilingual("超参数相同", "matched"),
    "panel": Bilingual("{problem}（{setting}）", "{problem} ({setting})"),
    "panel loss": Bilingual("{problem}：{setting}", "{problem}: {setting}"),
    "rosenbrock": Bilingual("Rosenbrock 函数", "Rosenbrock"),
    "beale": Bilingual("Beale 函数", "Beale"),
    "quadratic": Bilingual("病态二次函数", "Ill-conditioned quadratic"),
    "rosenbrock short": Bilingual("Rosenbrock", "Rosenbrock"),
    "beale short": Bilingual("Beale", "Beale"),
    "quadratic short": Bilingual("二次函数", "Quadratic"),
    # Captions.
    "lines and points": Bilingual(
        "线：闭式解；点：实测。", "Lines: closed form; points: measured. "
    ),
    "matched values": Bilingual(
        "相同的超参数：学习率\u00a0{lr}，$β_1={beta1}$，$β_2={beta2}$，eps\u00a0{eps}，"
        "权重衰减 {weight_decay}。",
        "Matched hyper-parameters: lr\u00a0{lr}, $β_1={beta1}$, $β_2={beta2}$, eps\u00a0{eps}, "
        "weight decay {weight_decay}. ",
    ),
    "provenance": Bilingual(
        "真实运行：{libraries}；{device}，{dtype}，{date}。",
        "Real runs: {libraries}; {device}, {dtype}, {date}.",
    ),
    # step-ratio
    "step-ratio title": Bilingual(
        "默认 $β$ 下，AdamWeightDecay 的更新量起初是 AdamW 的 {first} 倍，"
        "第 {peak_step} 步升到 {peak} 倍，第 {late_step} 步仍有 {late} 倍",
        "At the default betas, an AdamWeightDecay step is {first} times an AdamW step at first, "
        "{peak} times at step {peak_step}, and still {late} times at step {late_step}",
    ),
    "step-ratio y": Bilingual(
        "AdamWeightDecay 更新量 ÷ AdamW 更新量（对数轴）",
        "AdamWeightDecay step ÷ AdamW step (log axis)",
    ),
    "step-ratio pair": Bilingual("$β$ = {beta1}, {beta2}", "$β$ = {beta1}, {beta2}"),
    "step-ratio peak": Bilingual("第 {step} 步：{ratio} 倍", "step {step}: {ratio} times"),
    "step-ratio larger": Bilingual(
        "AdamWeightDecay 更新量更大", "AdamWeightDecay steps are larger"
    ),
    "step-ratio smaller": Bilingual("AdamW 更新量更大", "AdamW steps are larger"),
    "step-ratio formula": Bilingual(
        r"线：$(1-β_1^t)\,/\,(1-β_2^t)^{{1/2}}$；点：实测，梯度恒为 1，无权重衰减。",
        r"Lines: $(1-β_1^t)\,/\,(1-β_2^t)^{{1/2}}$; points: measured, with a constant gradient "
        "of 1 and no weight decay. ",
    ),
    # trajectories
    "trajectories title": Bilingual(
        "超参数相同，轨迹不同：AdamWeightDecay 冲过二次函数的极小点 {overshoot}；"
        "在 Rosenbrock 上走 {steps} 步后，它离极小点 {near}，AdamW 还有 {far}",
        "Same hyper-parameters, different paths: AdamWeightDecay overshoots the quadratic's "
        "minimum by {overshoot}; after {steps} steps on Rosenbrock it is {near} from the minimum, "
        "AdamW {far}",
    ),
    "trajectories markers": Bilingual("每 {every} 步一个标记", "one marker every {every} steps"),
    "trajectories contours": Bilingual(
        "等高线的损失按对数等距。", "Contours of the loss, evenly spaced in its logarithm. "
    ),
    # loss
    "loss title": Bilingual(
        "第 {step} 步时，{ahead} AdamWeightDecay 的损失更低，"
        "AdamW 的损失是它的 {low} 到 {high} 倍：学习率相同，更新量更大",
        "At step {step} AdamWeightDecay has the lower loss in {ahead}; "
        "AdamW's is {low} to {high} times as high: same learning rate, larger steps",
    ),
    "ahead in all": Bilingual("{count} 次对照中每次都是", "all {count} comparisons"),
    "ahead in some": Bilingual("{count} 次对照中有 {ahead} 次", "{ahead} of {count} comparisons"),
    "loss y": Bilingual("损失（对数轴）", "loss (log axis)"),
    # distance
    "distance title": Bilingual(
        "从同一点出发，超参数相同，两者的参数仍会相距 {matched}（{matched_problem}，"
        "第 {matched_step} 步）；各用默认值时最多相距 {default}",
        "From the same start the parameters move up to {matched} apart with the same "
        "hyper-parameters ({matched_problem}, step {matched_step}), up to {default} with the "
        "defaults",
    ),
    "distance y": Bilingual(
        "两个参数向量的欧氏距离", "Euclidean distance of the two parameter vectors"
    ),
    # first-step
    "first-step title": Bilingual(
        "第一步：梯度大时 AdamWeightDecay 的更新量是 AdamW 的 {large} 倍，"
        "梯度为 {size} 时只有它的 1/{small}，因为它的 eps 更大，又加在未修正的平方根上",
        "AdamWeightDecay's first step is {large} times AdamW's for large gradients, but 1/{small} "
        "of it for a gradient of {size}: its eps is larger, and added to the uncorrected root",
    ),
    "first-step x": Bilingual("梯度的绝对值 $|g|$", "size of the gradient $|g|$"),
    "first-step y": Bilingual(
        "第一步的更新量 ÷ 学习率（对数轴）", "first step ÷ learning rate (log axis)"
    ),
    "first-step floor": Bilingual("减半于 $|g|$ = {size}", "halved at $|g|$ = {size}"),
    "first-step label": Bilingual("{optimizer}，eps {eps}", "{optimizer}, eps {eps}"),
    "first-step caption": Bilingual(
        "eps 与 $β$ 均为各自的默认值，无权重衰减。",
        "Each with its default eps and betas, no weight decay. ",
    ),
    # decay
    "decay title": Bilingual(
        "梯度为零时，名称过滤使 norm.gamma、norm.beta 停在 {kept}，dense.weight 衰减到 {decayed}；"
        "学习率 × 权重衰减 = {stuck} 时，float32 舍入让两者都不衰减",
        "With zero gradient the name filter keeps norm.gamma and norm.beta at {kept} while "
        "dense.weight decays to {decayed}; at lr × weight decay = {stuck} float32 rounding "
        "stops decay in both",
    ),
    "decay names": Bilingual(
        "名称过滤（学习率 {lr}，权重衰减 {weight_decay}）",
        "Name filter (lr {lr}, weight decay {weight_decay})",
    ),
    "decay w": Bilingual("权重 $w$", "weight $w$"),
    "decay all": Bilingual("AdamW：三个参数都衰减", "AdamW: all three parameters"),
    "decay dense": Bilingual("AdamWeightDecay：dense.weight", "AdamWeightDecay: dense.weight"),
    "decay norm": Bilingual(
        "AdamWeightDecay：norm.gamma、norm.beta", "AdamWeightDecay: norm.gamma, norm.beta"
    ),
    "decay rounding": Bilingual(
        "float32 舍入（dense.weight，学习率 × 权重衰减）",
        "float32 rounding (dense.weight, lr × weight decay)",
    ),
    "decay lost": Bilingual("已衰减的量 $1-w$（对数轴）", "decayed so far, $1-w$ (log axis)"),
    "decay factor": Bilingual("实测为线的 {factor} 倍", "measured {factor}×"),
    "decay zero": Bilingual("两者都恰好为 0", "both exactly 0"),
    "decay formula": Bilingual(
        r"线：$w = (1 - lr \times wd)^t$；点：实测，$w$ 从 1 开始。",
        r"Lines: $w = (1 - lr \times wd)^t$; points: measured, from $w$ = 1. ",
    ),
}


def text(key: str, language: Language, **fields: object) -> str:
    """Return a string in a language.

    Args:
        key: A key of `TEXT`.
        language: ``"zh"`` or ``"en"``.
        **fields: What the template names.

    Returns:
        The string, filled in.
    """
    return str(getattr(TEXT[key], language)).format(**fields)


def number(value: float, digits: int = 3) -> str:
    r"""Write a number with so many significant digits: 6.57, 1000, or $2\times10^{-6}$.

    Args:
        value: A finite number.
        digits: Significant digits; zeros at the end of a fraction go.

    Returns:
        The number, in mathematics where it is very large or small.
    """
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e5:
        decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        plain = f"{value:.{decimals}f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return plain.replace("-", "−")
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    times = "" if mantissa == "1" else rf"{mantissa}\times"
    return f"${times}10^{{{int(exponent)}}}$"
