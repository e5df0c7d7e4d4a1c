"""Claims about the deprecation of AdamWeightDecay, and which classes the libraries offer."""

import logging
import re
import warnings
from typing import Any

from adamwd.claims import refusals, runs
from adamwd.claims.claim import Measurements, Skip, claim


def _removal_version(documented: str | None) -> str | None:
    found = re.search(
        r"deprecated and will be removed after version (\d+(\.\d+)*)", documented or ""
    )
    return found and found[1]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


class _Messages(logging.Handler):
    """Collects what MindSpore logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of a record."""
        self.texts.append(record.getMessage())


@claim(
    "availability.deprecated",
    zh="AdamWeightDecay 的文档字符串写明它已弃用，并给出移除的版本；"
    "构造与调用时却不警告，也不写日志。",
    en="The docstring of AdamWeightDecay says that it is deprecated and names the version after "
    "which it goes; constructing and calling it warns of nothing and logs nothing.",
    failure_zh="弃用说明已撤回，或者运行时会看到警告。",
    failure_en="The deprecation would have been withdrawn, or running the code would show it.",
    needs=("mindspore",),
)
def deprecated(measured: Measurements) -> None:
    """Read the docstring; construct and call with warnings and the log recorded."""
    import mindspore
    from mindspore import log

    documented = mindspore.nn.AdamWeightDecay.__doc__
    measured.equal("the docstring names a version", bool(_removal_version(documented)), True)
    messages, logger = _Messages(), log._get_logger()
    logger.addHandler(messages)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            refusals.after_one_step(runs.MindSpore)
    finally:
        logger.removeHandler(messages)
    measured.equal("warnings", len(caught), 0)
    measured.equal("log messages", len(messages.texts), 0)


@claim(
    "availability.after-removal",
    zh="文档字符串说的移除版本已经过去，AdamWeightDecay 仍然在，也仍然能用。",
    en="The version named by the docstring has passed, and AdamWeightDecay is still there "
    "and runs.",
    failure_zh="AdamWeightDecay 已经移除，仍在使用它的代码无法运行。",
    failure_en="AdamWeightDecay would be gone, and code that uses it would not run.",
    needs=("mindspore",),
)
def after_removal(measured: Measurements) -> None:
    """Compare the installed version with the named one, and do one step."""
    import mindspore

    cls = getattr(mindspore.nn, "AdamWeightDecay", None)
    measured.equal("AdamWeightDecay is there", cls is not None, True)
    if cls is None:
        return
    named, installed = _removal_version(cls.__doc__), mindspore.__version__
    if named is None:
        raise Skip(f"MindSpore {installed} names no version of removal")
    if _numbers(installed) <= _numbers(named):
        raise Skip(f"MindSpore {installed} is not later than {named}, the version named")
    measured.equal("version named", named, "2.9.0")
    value = refusals.after_one_step(runs.MindSpore)
    moved = int((value != refusals.START["w"]).sum())
    measured.equal("elements that its step moves", moved, value.size)


@claim(
    "availability.runs-here",
    zh="nn.AdamWeightDecay 与 experimental.optim.AdamW 都能在当前设备上运行。",
    en="nn.AdamWeightDecay and experimental.optim.AdamW both run on the present device.",
    failure_zh="其中一个类不能用于当前设备，选型表要改。",
    failure_en="One of the classes could not be used on this device, and the table of choices "
    "would be wrong.",
    needs=("mindspore",),
)
def runs_here(measured: Measurements) -> None:
    """Do one step of both."""
    import mindspore.experimental.optim

    for name, make in (
        ("nn.AdamWeightDecay", mindspore.nn.AdamWeightDecay),
        ("experimental.optim.AdamW", mindspore.experimental.optim.AdamW),
    ):
        value = refusals.after_one_step(runs.MindSpore, make=make)
        moved = int((value != refusals.START["w"]).sum())
        measured.equal(f"elements moved by {name}", moved, value.size)


def _platforms(cls: Any) -> str:
    line = re.search(r"Supported Platforms:\s*(.*)", cls.__doc__ or "")
    return ", ".join(sorted(re.findall(r"``(\w+)``", line[1] if line else "")))


@claim(
    "availability.documented-platforms",
    zh="按文档字符串，nn.AdamWeightDecay 与 experimental.optim.AdamW 支持 Ascend、GPU 与 CPU，"
    "mint.optim.AdamW 只支持 Ascend。",
    en="By their docstrings nn.AdamWeightDecay and experimental.optim.AdamW support Ascend, GPU "
    "and CPU, and mint.optim.AdamW supports Ascend only.",
    failure_zh="文档里的支持平台变了，选型表要跟着改。",
    failure_en="The documented platforms would have changed, and the table of choices with them.",
    needs=("mindspore",),
)
def documented_platforms(measured: Measurements) -> None:
    """Read the platforms in three docstrings."""
    import mindspore.experimental.optim
    import mindspore.mint.optim

    for name, cls, expected in (
        ("nn.AdamWeightDecay", mindspore.nn.AdamWeightDecay, "Ascend, CPU, GPU"),
        ("experimental.optim.AdamW", mindspore.experimental.optim.AdamW, "Ascend, CPU, GPU"),
        ("mint.optim.AdamW", mindspore.mint.optim.AdamW, "Ascend"),
    ):
        measured.equal(name, _platforms(cls), expected)
