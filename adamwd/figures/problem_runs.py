"""What the figures of the three test problems share: which runs there are, and their names."""

from adamwd.figures.runs import Runs
from adamwd.figures.style import IDENTITIES
from adamwd.figures.text import Language, number, text
from adamwd.trace import Trace

PROBLEMS = ("rosenbrock", "beale", "quadratic")
SETTINGS = ("defaults", "matched")


def experiments(*settings: str) -> tuple[str, ...]:
    """Return the names of the experiments of all problems with these settings."""
    return tuple(f"{setting}-{problem}" for setting in settings for problem in PROBLEMS)


def pair(runs: Runs, setting: str, problem: str) -> tuple[Trace, Trace]:
    """Return the traces of AdamW and AdamWeightDecay, in this order.

    Args:
        runs: The traces of a figure.
        setting: ``"defaults"`` or ``"matched"``.
        problem: A name in `PROBLEMS`.
    """
    labels = runs[f"{setting}-{problem}"]
    adamw, adam_weight_decay = (labels[identity.key] for identity in IDENTITIES)
    return adamw, adam_weight_decay


def matched_values(runs: Runs, language: Language) -> str:
    """Return the sentence that names the hyper-parameters that both have in the matched runs."""
    values = pair(runs, "matched", PROBLEMS[0])[0].spec.hyperparameters
    beta1, beta2 = values["betas"]
    fields = {"lr": values["lr"], "beta1": beta1, "beta2": beta2, "eps": values["eps"]}
    fields["weight_decay"] = values["weight_decay"]
    written = {name: number(value, 4) for name, value in fields.items()}
    return text("matched values", language, **written)
