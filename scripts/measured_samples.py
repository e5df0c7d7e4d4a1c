"""The numbers of the prose that come from the recorded outputs of the samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.fact import Fact

OUTPUT = Path("docs/samples/output")


class _Output:
    """What a sample printed."""

    def __init__(self, root: Path, sample: str) -> None:
        self.path = OUTPUT / f"{sample}.txt"
        self.text = (root / self.path).read_text(encoding="utf-8")

    def fact(self, name: str, pattern: str, chinese: str, english: str) -> Fact:
        """Return the number that the group of a pattern matches; no match is an error."""
        match = re.search(pattern, self.text)
        if not match:
            raise ValueError(f"{self.path} has no line that matches {pattern}")
        printed = match.group(1)
        made_with = self.text.partition("\n")[0].removeprefix("# ").split(", ")
        versions = {library.lower(): version for library, version in map(str.split, made_with)}
        how = {"zh": chinese, "en": english}
        return Fact(name, float(printed), printed, "", how, [self.path.as_posix()], versions)


def samples(root: Path) -> Iterator[Fact]:
    """Yield the numbers that pages quote from the samples' outputs.

    Args:
        root: The root of the project.

    Raises:
        ValueError: If an output does not have such a number.
        OSError: If an output is not there.
    """
    yield from _complete_example(root)
    yield _Output(root, "experimental_adamw").fact(
        "same-gradients-difference",
        r"AdamWeightDecay: ([\d.]+)",
        "1000 个参数、100 步、同样的梯度与超参数，AdamWeightDecay 与 torch 的 AdamW 之间的最大差",
        "1000 parameters, 100 steps, the same gradients and hyper-parameters: largest difference "
        "between AdamWeightDecay and torch's AdamW",
    )
    yield from _matched(root)
    yield from _tiny_decay(root)


def _complete_example(root: Path) -> Iterator[Fact]:
    for name, label, steps in (
        ("torch", "PyTorch", (1, 3, 10)),
        ("mindspore", "AdamWeightDecay", (1, 3, 10)),
        ("experimental", "experimental.optim.AdamW", (10,)),
    ):
        output = _Output(root, f"{name}_example")
        for step in steps:
            yield output.fact(
                f"example-loss-{name}-{step}",
                rf"step +{step} +loss ([\d.]+)",
                f"完整示例的 {label} 版本第 {step} 步打印的损失",
                f"Loss that the {label} form of the complete example prints at step {step}",
            )


def _matched(root: Path) -> Iterator[Fact]:
    output = _Output(root, "match_adamw")
    for name, line, chinese, english in (
        ("without", "as it is", "什么都不补", "as it is"),
        ("rates", "learning rates only", "学习率除以 r_t", "learning rate divided by r_t"),
        (
            "both",
            "learning rates, weight decay",
            "学习率除以 r_t、权重衰减乘以 r_t",
            "learning rate divided and weight decay multiplied by r_t",
        ),
    ):
        yield output.fact(
            f"match-adamw-{name}",
            rf"{line}: +([\d.]+)",
            f"1000 个参数、300 步、同样的梯度，AdamWeightDecay（{chinese}）与 torch 的 AdamW "
            "之间的最大差",
            f"1000 parameters, 300 steps, the same gradients: largest difference between "
            f"AdamWeightDecay ({english}) and torch's AdamW",
        )


def _tiny_decay(root: Path) -> Iterator[Fact]:
    output = _Output(root, "tiny_decay")
    for name, label in (
        ("torch", "torch.optim.AdamW"),
        ("experimental", "experimental.optim.AdamW"),
        ("adam-weight-decay", "nn.AdamWeightDecay"),
    ):
        for product, column in (("1e-7", r"([\d.]+) +[\d.]+"), ("1e-8", r"[\d.]+ +([\d.]+)")):
            yield output.fact(
                f"tiny-decay-{name}-{product}",
                rf"{re.escape(label)} +{column}",
                f"{label}，学习率与权重衰减之积为 {product}，随机梯度，500 步、1000 个元素平均的"
                "实际衰减与名义值之比",
                f"{label}, learning rate times weight decay {product}, random gradients: actual "
                "over nominal decay, averaged over 500 steps and 1000 elements",
            )
