"""The command `adamwd`."""

import enum
import importlib
import sys
from pathlib import Path
from typing import Annotated

try:
    import typer
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn
except ImportError as missing:
    sys.exit(f"the command needs more than NumPy ({missing}); pip install 'adamwd[cli]'")

from adamwd.claims import CLAIMS, report
from adamwd.claims.run import BAD, SKIPPED, Result
from adamwd.claims.verify import TIME_LIMIT, UnknownClaim, environment, select
from adamwd.claims.verify import verify as run_claims

app = typer.Typer(
    help="What sets torch.optim.AdamW and mindspore.nn.AdamWeightDecay apart, measured here.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


class Format(enum.StrEnum):
    """How a report is written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"
    JUNIT = "junit"


@app.callback()
def main() -> None:
    """Let `verify` be a command of its own, though it is the only one."""


@app.command(
    epilog="Examples: `adamwd verify`, `adamwd verify --category precision`, "
    "`adamwd verify update-rule.first-step --format markdown`"
)
def verify(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Claims, or beginnings of their ids; all by default.")
    ] = None,
    category: Annotated[
        list[str] | None, typer.Option(help="Only this category; may be given again.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="How to write the report.")
    ] = Format.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write the report into this file, and a summary here.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=1.0, help="Seconds that one claim may take.")
    ] = TIME_LIMIT,
    device: Annotated[
        str | None, typer.Option(help="MindSpore's device: CPU, GPU or Ascend.")
    ] = None,
    module: Annotated[
        list[str] | None, typer.Option(help="Import this module first: it may register claims.")
    ] = None,
    list_only: Annotated[bool, typer.Option("--list", help="List the claims and stop.")] = False,
) -> None:
    """Run the claims on the torch and MindSpore installed here; exit 1 where one does not hold."""
    console, messages = Console(), Console(stderr=True)
    for name in module or []:
        try:
            importlib.import_module(name)
        except ImportError as error:
            messages.print(f"module {name!r} cannot be imported: {error}", style="red")
            raise typer.Exit(1) from error
    try:
        chosen = select(ids or [], category or [])
    except UnknownClaim as error:
        messages.print(str(error), style="red")
        raise typer.Exit(1) from error
    if list_only:
        for claim_id in chosen:
            console.print(f"{claim_id}: {CLAIMS[claim_id].statement['en']}", markup=False)
        return
    results: list[Result] = []
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=messages, transient=True
    ) as progress:
        task = progress.add_task("starting", total=len(chosen))
        for result in run_claims(chosen, time_limit, device, module or []):
            results.append(result)
            progress.update(
                task, advance=1, description=f"{len(results)} of {len(chosen)}: {result.id}"
            )
    form = Format.JSON if as_json else form
    head = environment(device)
    if form is Format.TABLE and output is None:
        report.print_table(console, head, results)
    else:
        writers = {
            Format.MARKDOWN: report.to_markdown,
            Format.JSON: report.to_json,
            Format.JUNIT: report.to_junit,
            Format.TABLE: report.to_markdown,
        }
        text = writers[form](head, results)
        if output is None:
            sys.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")
            messages.print(f"{report.summary(results)}; report in {output}")
    if any(result.verdict in BAD for result in results):
        raise typer.Exit(1)
    if results and all(result.verdict == SKIPPED for result in results):
        messages.print("Nothing was verified: every claim was skipped.", style="red")
        raise typer.Exit(1)
