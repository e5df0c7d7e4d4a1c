"""The content security policy: scripts of the site's own files alone, and all works under it.

That no page breaks it is seen in test_pages.py: a violation is a complaint in the console.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from scripts.content_policy import digest, inline_scripts
from tests.e2e.pages import LANGUAGES, PAGES

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
DOCUMENTS = [
    path
    for path in sorted(SITE.rglob("*.html"))
    if "<html" in path.read_text(encoding="utf-8", errors="replace")
]
# Listens from the first moment, in every page that the tab loads.
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
each_language = pytest.mark.parametrize("language", LANGUAGES)


def policy_of(text: str) -> dict[str, list[str]]:
    """Return the directives of a page's policy."""
    found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert len(found) == 1
    content = found[0].replace("&#x27;", "'")
    return {name: sources for name, *sources in (part.split() for part in content.split("; "))}


@pytest.fixture
def watched(page: playwright.Page) -> Iterator[playwright.Page]:
    """A tab in which a violation of the policy, or a complaint of the console, fails the test."""
    complaints: list[str] = []
    page.add_init_script(LISTEN)
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert page.evaluate("window.violations") == []
    assert complaints == []


def test_there_are_pages_to_look_at() -> None:
    assert len(DOCUMENTS) >= len(PAGES)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(SITE).as_posix())
def test_every_page_allows_its_own_scripts_and_evaluates_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    policy = policy_of(text)
    scripts = policy["script-src"]
    assert "'unsafe-eval'" not in scripts
    assert "'unsafe-inline'" not in scripts
    assert all(re.fullmatch(r"blob:|'(self|wasm-unsafe-eval|sha256-[\w+/=]+)'", s) for s in scripts)
    assert policy["default-src"] == policy["connect-src"] == ["'self'"]
    assert policy["worker-src"] == ["'self'", "blob:"]
    assert {digest(script) for script in inline_scripts(text)} <= set(scripts)
    # Nothing that the policy governs stands before it.
    assert text.index("Content-Security-Policy") < text.index("<script")
    assert not re.search(r"\son(click|load|error|change|input|submit)=", text)


def test_all_pages_have_one_policy() -> None:
    """Instant navigation keeps the policy of the page that was loaded first."""
    policies = {str(policy_of(path.read_text(encoding="utf-8"))) for path in DOCUMENTS}
    assert len(policies) == 1


def test_no_inline_script_is_ours() -> None:
    inline = {s for path in DOCUMENTS for s in inline_scripts(path.read_text(encoding="utf-8"))}
    assert inline
    # The theme's own work with its own names, and nothing of the site's.
    assert all(re.search(r"__md_|__tabbed_", script) for script in inline)
    templates = (ROOT / "site_src" / "overrides").rglob("*.html")
    for template in templates:
        for attributes in re.findall(r"<script\b([^>]*)>", template.read_text(encoding="utf-8")):
            assert "src=" in attributes, template


@each_language
def test_injected_and_evaluated_scripts_do_not_run(
    page: playwright.Page, site_url: str, language: str
) -> None:
    page.goto(site_url + LANGUAGES[language])
    refused = page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.injected = true";
          document.body.append(script);
          const image = document.createElement("div");
          image.innerHTML = "<img src='missing' onerror='window.injected = true'>";
          document.body.append(image);
          // In a task of the page's own: what the test evaluates directly is exempt.
          return new Promise((resolve) => setTimeout(() => {
            const refused = [];
            try { (0, eval)("true"); } catch (error) { refused.push(error.name); }
            try { new Function("return true")(); } catch (error) { refused.push(error.name); }
            resolve(refused);
          }));
        }"""
    )
    page.wait_for_timeout(300)
    assert refused == ["EvalError", "EvalError"]
    assert page.evaluate("window.injected") is None


@each_language
def test_search_theme_and_instant_navigation_work_under_it(
    watched: playwright.Page, site_url: str, language: str
) -> None:
    watched.goto(site_url + LANGUAGES[language] + "api-mapping/")
    watched.evaluate("window.stayed = true")
    query = watched.locator("[data-md-component=search-query]")
    query.click()
    query.press_sequentially("AdamWeightDecay", delay=20)
    expect(watched.locator(".md-search-result__item").first).to_be_visible(timeout=20_000)
    watched.keyboard.press("Escape")
    before = watched.locator("body").get_attribute("data-md-color-scheme")
    for _ in range(2):
        watched.locator("[data-md-component=palette] label:visible").first.click()
    assert watched.locator("body").get_attribute("data-md-color-scheme") is not None
    assert before is not None
    watched.locator(".md-tabs a[href$='formula/']").click()
    expect(watched.locator("h1#formula")).to_be_visible()
    expect(watched.locator(".arithmatex .katex").first).to_be_visible(timeout=20_000)
    assert watched.evaluate("window.stayed"), "the page was loaded anew"
