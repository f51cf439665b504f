"""Whole pages, written for these tests: each `pages/NAME.html` with what must be found in it in `NAME.json`."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from crawler.extraction import Extraction, extract_page

PAGES = Path(__file__).with_name("pages")
PLAIN = (
    "kind",
    "title",
    "subtitle",
    "series_name",
    "ordinal",
    "subject",
    "canonical_url",
    "encoding",
    "declared_encoding",
)


def read(path: Path) -> tuple[Extraction, dict]:
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    body = path.read_text("utf-8").encode(wanted.get("encode", "utf-8"))
    fetched = datetime.fromisoformat(wanted["fetched_at"]) if "fetched_at" in wanted else None
    return extract_page(body, wanted["url"], fetched_at=fetched), wanted


def found_in(page: Extraction) -> dict:
    """The page in the terms of the JSON files."""
    return {
        **{name: getattr(page, name) for name in PLAIN},
        "published": page.published_at,
        "precision": page.published and page.published.precision,
        "date_source": page.published and page.published.source,
        "edited": page.edited and page.edited.value,
        "credits": {role: page.credit(role) for role in {credit.role for credit in page.credits}},
        "addresses": list(page.addresses),
        "images": [block.url for block in page.blocks if block.kind == "image"],
        "links": [link.title for link in page.links if link.kind == "series"],
    }


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_page_is_read_as_its_author_meant_it(path):
    page, wanted = read(path)
    for moment in ("published", "edited"):
        if wanted.get(moment):
            wanted[moment] = datetime.fromisoformat(wanted[moment])
    found = found_in(page)
    assert {key: found[key] for key in wanted if key in found} == {key: wanted[key] for key in wanted if key in found}
    if "blocks" in wanted:
        starts = [(kind, start) for kind, start in wanted["blocks"]]
        texts = [(block.kind, block.text) for block in page.blocks]
        cut = [(kind, text[: len(start)]) for (kind, text), (_, start) in zip(texts, starts, strict=False)]
        assert cut + texts[len(starts) :] == starts
    for text in wanted.get("text_lacks", ()):
        assert text not in page.text
    if "cut_has" in wanted:
        label, start = wanted["cut_has"]
        assert any(cut == label and text.startswith(start) for cut, text in page.cut), page.cut


def test_every_expectation_has_its_page():
    assert {path.stem for path in PAGES.glob("*.json")} == {path.stem for path in PAGES.glob("*.html")}


def test_listings_and_notices_carry_no_text():
    page, _ = read(PAGES / "column_listing.html")
    assert (page.text, page.blocks) == ("", ())
