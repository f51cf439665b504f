"""When a run tells that a rule has stopped matching, and when it does not."""

from collections.abc import Sequence
from typing import Any

import pytest

from crawler.extraction.model import Extraction, RuleUse
from crawler.run.rules import Rules
from wangqi.exit_codes import PARTIAL, RunFacts, exit_code


def page(kind: Any, missed: Sequence[str] = (), matched: Sequence[str] = ()) -> Extraction:
    use = RuleUse(
        name="rule of a.example",
        version="1",
        matched=tuple(matched),
        missed=tuple((key, "it finds nothing") for key in missed),
    )
    return Extraction(kind=kind, rule=use)


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([page("story", ["title"])], ["title of the rule of a.example matched on none of 1 stories: it finds nothing"]),
        ([page("story", ["title"]), page("story", [], ["title"])], []),
        ([page("story", ["rows", "pages"]), page("listing", ["title", "body"])], []),
        ([page("listing", ["rows"])], ["rows of the rule of a.example matched on none of 1 columns: it finds nothing"]),
        ([page("story", ["author", "next"])] * 4, []),
        (
            [page("story", ["next"])] * 5,
            ["next of the rule of a.example matched on none of 5 stories: it finds nothing"],
        ),
        ([page("gone", ["title"]), page("other", ["title"]), Extraction(kind="story")], []),
    ],
)
def test_a_key_that_matched_on_no_page_where_it_was_to_is_told_once(pages: list[Extraction], told: list[str]) -> None:
    rules = Rules()
    for one in pages:
        rules.count(one)
    assert list(rules.missed()) == told


def test_a_page_that_was_only_looked_at_is_no_column_that_has_to_have_rows() -> None:
    rules = Rules()
    rules.count(page("listing", ["rows"]), is_guess=True)
    assert not list(rules.missed())


def test_a_run_with_a_rule_that_matched_nothing_is_not_known_to_be_whole() -> None:
    assert exit_code(RunFacts(reason="finished", counts={"stored": 3}, parts=3, rules=1)) == PARTIAL
