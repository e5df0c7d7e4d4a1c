"""From the mapping page's table of parameters a reader comes to every claim."""

import re
from pathlib import Path

import pytest

from adamwd.claims import CLAIMS

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_claim_is_on_the_page_of_its_category_and_that_page_in_the_table(language):
    mapping = (DOCS / language / "api-mapping.md").read_text(encoding="utf-8")
    rows = [line for line in mapping.splitlines() if line.startswith("| **")]
    linked = set(re.findall(r"\(differences/([a-z-]+)\.md", "\n".join(rows)))
    assert linked == {claim.category for claim in CLAIMS.values() if ".sample-" not in claim.id}
    for category in linked:
        page = (DOCS / language / "differences" / f"{category}.md").read_text(encoding="utf-8")
        cited = set(re.findall(r'data-(?:fact|claim)="([^"/]+)', page))
        missing = {i for i, c in CLAIMS.items() if c.category == category} - cited
        assert {i for i in missing if ".sample-" not in i} == set()
