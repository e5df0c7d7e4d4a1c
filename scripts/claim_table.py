"""The tables of the evidence page: plain HTML, whole without any script, one table a category.

The page includes them as they are; `<adamwd-evidence>` around them adds the filter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

LANGUAGES = ("zh", "en")
# As in the navigation.
CATEGORIES = {
    "update-rule": {"zh": "更新规则", "en": "Update rule"},
    "defaults": {"zh": "默认值", "en": "Defaults"},
    "decay": {"zh": "谁会衰减", "en": "Which parameters decay"},
    "groups": {"zh": "参数组", "en": "Groups"},
    "schedules": {"zh": "学习率调度", "en": "Schedules"},
    "calls": {"zh": "调用与梯度", "en": "Calls and gradients"},
    "validation": {"zh": "参数检查", "en": "Validation"},
    "state": {"zh": "优化器状态", "en": "State"},
    "precision": {"zh": "精度与数据类型", "en": "Precision and dtypes"},
    "reloading": {"zh": "载入与续训", "en": "Reloading and resuming"},
    "availability": {"zh": "在哪里能用", "en": "Availability"},
}
VERDICTS = {
    "holds": {"zh": "成立", "en": "holds"},
    "skipped": {"zh": "跳过", "en": "skipped"},
}
HEADINGS = {
    "zh": ("测量项", "实测", "预期"),
    "en": ("Measurement", "Measured", "Expected"),
}
PAGE = {"zh": "这一类差异的说明", "en": "About these differences"}
CHECK = {"zh": "检查", "en": "Check"}
FAILURE = {"zh": "如果不成立：", "en": "If it did not hold: "}
DOWNLOADS = {"zh": "下载这份报告：", "en": "Download this report: "}
ENVIRONMENT: dict[str, dict[str, str]] = {
    "zh": {"platform": "平台", "device": "设备", "date": "日期"},
    "en": {},
}
FORMS = {"claims.json": "JSON", "claims.junit.xml": "JUnit XML", "claims.md": "Markdown"}
# From the evidence page of each language to the root of the site.
ROOTS = {"zh": "../", "en": "../../"}


def tables(document: dict[str, Any], language: str) -> str:
    """Return the HTML for one language; no line of it is blank, so that Markdown lets it be."""
    results = document["results"]
    environment = _environment(document["environment"], language)
    lines: list[str] = ['<div class="claims">', environment, _downloads(language)]
    for category, names in CATEGORIES.items():
        mine = [result for result in results if result["category"] == category]
        if mine:
            lines += _table(category, names[language], mine, language)
    return "\n".join([*lines, "</div>"]) + "\n"


def code(text: str) -> str:
    """Return a text with Markdown's code marks as HTML."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def printed(value: Any) -> str:
    """Return a measured value as a reader sees it."""
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return html.escape(text, quote=False)


def _environment(environment: dict[str, str], language: str) -> str:
    names = ENVIRONMENT[language]
    items = (
        f"<div><dt>{names.get(name, name)}</dt><dd>{html.escape(value, quote=False)}</dd></div>"
        for name, value in environment.items()
    )
    return f'<dl class="claims-environment">{"".join(items)}</dl>'


def _downloads(language: str) -> str:
    links = (
        f'<a href="{ROOTS[language]}data/{name}" download="">{form}</a>'
        for name, form in FORMS.items()
    )
    return f"<p>{DOWNLOADS[language]}{('、' if language == 'zh' else ', ').join(links)}</p>"


def _table(
    category: str, title: str, results: list[dict[str, Any]], language: str
) -> Iterator[str]:
    yield f'<table class="claims-table" data-category="{category}">'
    link = f'<a href="../differences/{category}/">{PAGE[language]}</a>'
    yield f"<caption><span>{title}</span> {link}</caption>"
    cells = "".join(f'<th scope="col">{text}</th>' for text in HEADINGS[language])
    yield f"<thead><tr>{cells}</tr></thead>"
    for result in results:
        yield from _claim(result, language)
    yield "</table>"


def _claim(result: dict[str, Any], language: str) -> Iterator[str]:
    name, verdict = result["id"], result["verdict"]
    yield f'<tbody id="{name}" data-verdict="{verdict}">'
    yield (
        '<tr><th scope="rowgroup" colspan="3">'
        f'<span class="claims-verdict">{VERDICTS[verdict][language]}</span> '
        f"{code(result['statement'][language])}"
        f'<small><a href="#{name}"><code>{name}</code></a> '
        f"{CHECK[language]} <code>{result['source']}</code></small></th></tr>"
    )
    if result["reason"]:
        yield f'<tr><td colspan="3">{code(result["reason"])}</td></tr>'
    for item in result["measurements"]:
        yield (
            f'<tr><td lang="en">{code(item["name"])}</td><td>{printed(item["measured"])}</td>'
            f'<td lang="en">{html.escape(item["expected"], quote=False)}</td></tr>'
        )
    failure = code(result["failure"][language])
    yield f'<tr><td colspan="3"><small>{FAILURE[language]}{failure}</small></td></tr>'
    yield "</tbody>"
