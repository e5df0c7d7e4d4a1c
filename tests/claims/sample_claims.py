"""Claims that end in every way there is, for the tests of the runner."""

import os
import time

from adamwd.claims.claim import Skip, claim

TEXTS = {"zh": "测试", "en": "test", "failure_zh": "测试", "failure_en": "test", "needs": ()}


@claim("update-rule.sample-holds", **TEXTS)
def holds(m):
    m.close("a third", 1 / 3, 0.333333, 1e-5)
    m.equal("a word", "yes", "yes")


@claim("update-rule.sample-fails", **TEXTS)
def fails(m):
    m.close("a third", 1 / 3, 0.34, 1e-5)
    m.below("a half", 0.5, 0.4)


@claim("update-rule.sample-raises", **TEXTS)
def raises(m):
    raise LookupError("nothing there\nand a second line")


@claim("update-rule.sample-hangs", **TEXTS)
def hangs(m):
    time.sleep(3600)


@claim("update-rule.sample-crashes", **TEXTS)
def crashes(m):
    os._exit(66)


@claim("update-rule.sample-skips", **TEXTS)
def skips(m):
    raise Skip("not in this version")


@claim("update-rule.sample-measures-nothing", **TEXTS)
def measures_nothing(m):
    pass


@claim("update-rule.sample-needs-more", **{**TEXTS, "needs": ("no_such_framework",)})
def needs_more(m):
    m.equal("never", 1, 1)
