"""What an archive of the example site must hold.

`python -m examples.expectation` writes `expected.json` from the sheets. The sheets say what is true of a page;
how an archive has to judge it is decided here and argued in README.md.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from examples.build import COLUMN
from examples.pages import href_of, title_of, written
from examples.sheets import Series, Sheet, Sheets, load

FILE = Path(__file__).parent / "expected.json"
LISTINGS = tuple(f"publisher:{path}" for path in (COLUMN, "/column/index_1.html", "/column/index_2.html"))
NEVER_FETCHED = (
    "publisher:/calendar/",
    "publisher:/neibu/",
    "publisher:/news/",
    "publisher:/notice/",
    "publisher:/about.html",
    "mirror:/index.html",
    "mirror:/fangchan.html",
    "mirror:/zhaopin.html",
    "mirror:/meishi.html",
)

Row = dict[str, Any]


def expectation() -> Row:
    first, second = load(1), load(2)
    return {
        "hosts": ["publisher", "mirror"],
        "never_fetched": list(NEVER_FETCHED),
        "crawls": [
            {**_crawl(one, first), "edition_2": _changes(_crawl(one, first), _crawl(two, second), one, two)}
            for one, two in zip(first.series, second.series, strict=True)
        ],
    }


def _crawl(series: Series, sheets: Sheets) -> Row:
    copies = [copy for copy in sheets.copies if copy.series == series.name]
    held = [*series.stories, *copies]
    return {
        "series": series.name,
        "start": next(story.page for story in series.stories if story.id == series.start),
        "stories": [_story(story) for story in series.stories],
        "besides": [_story(copy) | {"excerpt_of": _of(copy, sheets)} for copy in copies if copy.relation == "excerpt"],
        "edges": [edge for sheet in held for edge in _edges(sheet, sheets)],
        "missing": list(_missing(held, sheets)),
        "pages": sorted(_pages(series, copies, sheets), key=lambda page: page["page"]),
    }


def _story(sheet: Sheet) -> Row:
    return {
        "title": sheet.title,
        "page": sheet.page,
        "author": sheet.author,
        "source": sheet.source,
        "ordinal": sheet.ordinal,
        "published": sheet.published,
        "precision": {10: "day", 16: "minute", 19: "second"}[len(sheet.published)],
        "opens": sheet.text[0][:24],
        "ends": sheet.text[-1][-24:],
    }


def _edges(sheet: Sheet, sheets: Sheets) -> Iterator[Row]:
    for position, item in enumerate(sheet.block.items if sheet.block else ()):
        yield {
            "page": sheet.page,
            "from": sheets.pages[sheet.of].title if sheet.of and sheet.relation != "excerpt" else sheet.title,
            "position": position,
            "to": title_of(item, sheets),
            "written": written(item, sheets),
            "linked": href_of(item, sheet, sheets) is not None,
        }


def _missing(held: Sequence[Sheet], sheets: Sheets) -> Iterator[Row]:
    for missing in sheets.missing:
        namers = [
            sheet.title for sheet in held if sheet.block and any(item.to == missing.id for item in sheet.block.items)
        ]
        if namers:
            page = f"publisher:{missing.path}" if missing.path else None
            yield {"title": missing.title, "reason": missing.outcome, "page": page, "named_by": namers}


def _pages(series: Series, copies: Sequence[Sheet], sheets: Sheets) -> Iterator[Row]:
    for page in LISTINGS:
        yield {"page": page, "outcome": "listing"}
    for story in series.stories:
        yield {"page": story.page, "outcome": "stored", "story": story.title}
    for copy in copies:
        if copy.relation == "excerpt":
            yield {
                "page": copy.page,
                "outcome": "stored",
                "story": copy.title,
                "relation": "excerpt",
                "of": _of(copy, sheets),
            }
        else:
            tampered = copy.relation == "altered"
            yield {
                "page": copy.page,
                "outcome": "copy",
                "story": _of(copy, sheets),
                "relation": copy.relation,
                "tampered": tampered,
            }
    for row in _missing([*series.stories, *copies], sheets):
        if row["page"]:
            yield {"page": row["page"], "outcome": row["reason"]}
    column = sorted((story for one in sheets.series for story in one.stories), key=lambda sheet: sheet.published)
    for at, story in enumerate(column):
        if story.unnamed_next and story.series == series.name and column[at + 1].series != series.name:
            yield {"page": column[at + 1].page, "outcome": "out_of_scope"}


def _of(copy: Sheet, sheets: Sheets) -> str:
    assert copy.of is not None
    return sheets.pages[copy.of].title


def _changes(first: Row, second: Row, one: Series, two: Series) -> Row:
    """What a second crawl finds new, and how each page that was held before ends, if it is fetched again."""
    before = {story.id: story for story in one.stories}
    revised = {story.page for story in two.stories if story.id in before and story.text != before[story.id].text}
    known = {page["page"] for page in first["pages"]}
    again = {"stored": "unchanged", "copy": "unchanged"}

    def outcome(page: Row) -> str:
        word: str = page["outcome"]
        if page["page"] in revised:
            return "revised"
        return again.get(word, word) if page["page"] in known else word

    return {
        "stories": [story for story in second["stories"] if story not in first["stories"]],
        "edges": [edge for edge in second["edges"] if edge not in first["edges"]],
        "pages": [{"page": page["page"], "outcome": outcome(page)} for page in second["pages"]],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(expectation(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
