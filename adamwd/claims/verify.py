"""Run many claims, each for itself: one that crashes or hangs does not hold up the others."""

import contextlib
import importlib
import multiprocessing
import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from importlib import metadata
from typing import Any

from pebble import ProcessExpired, ProcessPool

from adamwd.claims import CLAIMS
from adamwd.claims.run import CRASHED, TIMEOUT, Result, mindspore_device, run_claim
from adamwd.version import VERSION

WORKERS = 2
TIME_LIMIT = 60.0


class UnknownClaim(ValueError):
    """A claim or category that there is not; the message names those that are near."""


def select(ids: Sequence[str], categories: Sequence[str]) -> list[str]:
    """Return the ids of the claims asked for, in the order in which they are registered.

    Args:
        ids: Ids, or beginnings of ids; empty for all.
        categories: Categories; empty for all.

    Raises:
        UnknownClaim: If one of them is not known.
    """
    known = {claim.category for claim in CLAIMS.values()}
    for category in categories:
        if category not in known:
            raise UnknownClaim(
                f"there is no category {category!r}; there are {', '.join(sorted(known))}"
            )
    for wanted in ids:
        if not any(claim_id.startswith(wanted) for claim_id in CLAIMS):
            raise UnknownClaim(f"there is no claim {wanted!r}; adamwd verify --list names all")
    return [
        claim.id
        for claim in CLAIMS.values()
        if (not categories or claim.category in categories)
        and (not ids or claim.id.startswith(tuple(ids)))
    ]


def verify(
    ids: Sequence[str],
    time_limit: float = TIME_LIMIT,
    device: str | None = None,
    modules: Sequence[str] = (),
) -> Iterator[Result]:
    """Run claims in processes of their own and yield their results in the order given.

    Args:
        ids: Ids of claims.
        time_limit: Seconds that one claim may take; then its process is ended and replaced.
        device: MindSpore's device target, or None for its default.
        modules: Modules to import first, which register claims of their own.

    Yields:
        One result a claim.
    """
    with (
        tempfile.TemporaryDirectory() as scratch,
        ProcessPool(
            max_workers=WORKERS,
            context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(scratch, device, tuple(modules)),
        ) as pool,
    ):
        futures = [(i, pool.schedule(run_claim, args=[i], timeout=time_limit)) for i in ids]
        for claim_id, future in futures:
            category = CLAIMS[claim_id].category
            try:
                yield future.result()
            except FutureTimeout:
                reason = f"took longer than {time_limit:g} s and was ended"
                yield Result(claim_id, category, TIMEOUT, reason, (), time_limit)
            except ProcessExpired as error:
                reason = f"its process ended with exit code {error.exitcode}"
                yield Result(claim_id, category, CRASHED, reason, (), 0.0)


def environment(device: str | None = None) -> dict[str, str]:
    """Return versions and device, for the head of a report.

    Args:
        device: MindSpore's device target where it was chosen; None to ask MindSpore.
    """
    versions = {"adamwd": VERSION}
    for distribution in ("torch", "mindspore", "numpy"):
        try:
            versions[distribution] = metadata.version(distribution)
        except metadata.PackageNotFoundError:
            versions[distribution] = "not installed"
    versions["python"] = platform.python_version()
    versions["platform"] = f"{platform.system()}-{platform.machine()}"
    if device is None and versions["mindspore"] != "not installed":
        try:
            device = mindspore_device()
        except ImportError as error:
            device = f"unknown ({error})"
    versions["device"] = device or "CPU"
    return versions


def _prepare(scratch: str, device: str | None, modules: Sequence[str]) -> None:
    """Make a worker quiet, and let what MindSpore writes into the current directory go."""
    for module in modules:
        importlib.import_module(module)
    os.chdir(tempfile.mkdtemp(dir=scratch))
    silent = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silent, stream)
    # Seconds of a claim are its own, not those of importing a framework.
    for framework in ("torch", "mindspore"):
        with contextlib.suppress(ImportError):
            importlib.import_module(framework)
    if device is not None:
        mindspore: Any = __import__("mindspore")
        mindspore.set_device(device)
