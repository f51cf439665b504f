"""An archive is exported, and crawled again from what was exported."""

import json
from pathlib import Path

import pytest

from examples.serve import ExampleSite
from storage import Archive
from storage.exports.chosen import Chosen, Selection
from storage.exports.formats import FORMATS, export
from tests.crawling import ROOT, crawl_command, scrapy

pytestmark = pytest.mark.torture

EXPECTED = json.loads((ROOT / "examples" / "expected.json").read_text("utf-8"))
START = EXPECTED["crawls"][0]["start"]


def stories(file: Path) -> set[tuple[object, ...]]:
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        return {(one.url, one.title, one.text, one.published_at, one.author) for one in archive.stories()}


def test_a_crawl_of_what_was_exported_stores_the_same(tmp_path: Path) -> None:
    first = tmp_path / "first.db"
    with ExampleSite() as site:
        start = site.url(START)
        ended = scrapy(first, crawl_command(start))
    for form in ("warc", "wacz"):
        made = tmp_path / f"all.{FORMATS[form].suffixes[0]}"
        with Archive(f"sqlite:///{first}", read_only=True) as archive:
            export(FORMATS[form], Chosen(archive=archive, selection=Selection()), made)
        again = tmp_path / f"{form}.db"
        assert scrapy(again, crawl_command(start, "-a", f"warc={made}")).returncode == ended.returncode
        assert stories(again) == stories(first)
