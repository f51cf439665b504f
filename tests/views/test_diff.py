"""Two texts side by side: nothing is lost, nothing of them runs."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.cli.diff_terminal import heading, marked
from storage.rows import NamedText
from tests.wangqi.copies.stories import OTHER, SPUN, STORY
from views.diff_page import page
from views.diff_pieces import Row, side_by_side
from wangqi.copies.compare import compare
from wangqi.text.forms import display

SENTENCES = [
    "村里修了一条路。",
    "来了46位客人，带着11本笔记。",
    "<script>alert(1)</script>",
    "\n",
    "他说：“好。”",
    "\x1b[2J",
]


def named(number: int, text: str) -> NamedText:
    now = datetime(2024, 3, 5, tzinfo=UTC)
    return NamedText(
        revision_id=number,
        story_id=number,
        page_id=number,
        text_id=number,
        url=f"https://example.org/{number}",
        host="example.org",
        title=f"<b>第{number}篇</b>",
        published_at=now,
        recorded_at=now,
        standing=0,
        text=text,
    )


def sides(rows: list[Row]) -> list[str]:
    return ["\n".join("".join(piece.text for piece in row[side]) for row in rows if row[side]) for side in (0, 1)]


def without_empty_lines(text: str) -> str:
    return "\n".join(line for line in display(text).split("\n") if line)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SENTENCES)), st.lists(st.sampled_from(SENTENCES)))
def test_both_texts_are_there_to_the_last_letter(first: list[str], second: list[str]) -> None:
    one, other = "".join(first), "".join(second)
    rows = side_by_side(one, other, compare(one, other))
    assert sides(rows) == [without_empty_lines(one), without_empty_lines(other)]


def test_swapped_words_stand_beside_each_other() -> None:
    rows = side_by_side(STORY, SPUN, compare(STORY, SPUN))
    assert all(left and right for left, right in rows)
    pairs = {
        (before.text, after.text)
        for left, right in rows
        for before, after in zip(
            [piece for piece in left if piece.kind == "word"],
            [piece for piece in right if piece.kind == "word"],
            strict=False,
        )
    }
    assert ("担任", "担当") in pairs
    assert "".join(marked(rows)).count("[担任]") == 1


def test_a_changed_number_is_a_fact() -> None:
    changed = STORY.replace("46家", "64家")
    comparison = compare(STORY, changed)
    assert '<mark class="fact">64</mark>' in page(
        named(1, STORY), named(2, changed), comparison, side_by_side(STORY, changed, comparison)
    )
    assert "Other numbers or dates: 46 → 64" in heading(named(1, STORY), named(2, changed), comparison)


def test_strangers_are_shown_whole() -> None:
    rows = side_by_side(STORY, OTHER[20:], compare(STORY, OTHER[20:]))
    assert {piece.kind for row in rows for side in row for piece in side} <= {"lost", "new", "equal", "word"}


def test_the_page_runs_nothing_and_asks_nobody() -> None:
    text = '<script>alert(1)</script>\n<img src="https://example.org/x.png">'
    written = page(named(1, text), named(2, text), compare(text, text), side_by_side(text, text, compare(text, text)))
    assert "<script" not in written
    assert "<img" not in written
    assert "default-src 'none'" in written
    assert "&lt;b&gt;第1篇&lt;/b&gt;" in written
