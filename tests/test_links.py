import json

import pytest

from tests.cases.write import CASES, links

SHARED = json.loads((CASES / "links.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize(("shared", "said"), list(zip(SHARED, links(), strict=True)))
def test_a_link_asks_for_what_the_browser_agrees_to(shared, said):
    assert shared == said
