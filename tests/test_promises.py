"""docs/promises.md and SECURITY.md name tests that are there, and no promise stands without one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
LINKS = re.findall(r"\[(test_\w+)\]\(\.\./([\w/]+\.py)\)", PAGE)


@pytest.mark.parametrize(("name", "file"), LINKS, ids=[name for name, _ in LINKS])
def test_a_test_that_holds_a_promise_is_there(name: str, file: str) -> None:
    assert re.search(rf"^(?:async )?def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)


def test_every_promise_has_its_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and not line.startswith(("| promise", "|---"))]
    assert len(rows) > 20
    assert [row for row in rows if "](../tests/" not in row] == []


def test_the_security_page_names_what_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page):
        assert (ROOT / target).exists(), target
    everything = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for name in re.findall(r"`(test_\w+)`", page):
        assert f"def {name}(" in everything
