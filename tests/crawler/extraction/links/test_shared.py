"""The finder on labelled real pages, on a crawled series and on the page the project started from."""

import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from benchmarks.navigation import SHARED
from crawler.extraction.links import FoundLinks, find_links
from crawler.extraction.source.tree import parse
from wangqi.series.shape import title_shape
from wangqi.urls import canonical_url

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "data" / "nav").is_dir(), reason=f"no labelled pages at {SHARED}"),
]
START = "https://coolshell.cn/articles/21128.html"


def scores(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What the scorer prints, by name."""
    file = SHARED / "measure" / "measure_nav.py"
    spec = importlib.util.spec_from_file_location("measure_nav", file)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    monkeypatch.setattr(sys, "argv", [str(file), "--finder", "benchmarks.navigation:links"])
    monkeypatch.setattr(sys, "path", [os.fspath(Path.cwd()), *sys.path])
    scorer.main()
    printed = capsys.readouterr().out
    patterns = {
        "pooled P": r"micro P=([\d.]+)",
        "pooled R": r"micro P=[\d.]+ R=([\d.]+)",
        "template P": r"per template P=([\d.]+)",
        "template R": r"per template P=[\d.]+ R=([\d.]+)",
        "false alarms": r"false alarms (\d+)/",
        "prev": r"prev ok (\d+)/",
        "next": r"next ok (\d+)/",
    }
    return {name: float(found[1]) for name, pattern in patterns.items() if (found := re.search(pattern, printed))}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves its files to the collector
def test_the_labelled_pages_hold_their_floors(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    got = scores(capsys, monkeypatch)
    assert min(got["pooled P"], got["pooled R"], got["template P"], got["template R"]) >= 0.95
    assert got["false alarms"] == 0
    assert min(got["prev"], got["next"]) >= 51


def records() -> Iterator[tuple[str, str]]:
    with (SHARED / "data" / "series.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if record.rec_type == "response" and urlsplit(url).hostname == "coolshell.cn":
                yield url, record.content_stream().read().decode("utf-8", "replace")


def members(found: FoundLinks) -> set[str]:
    return {canonical_url(link.url) for link in found.links if link.kind == "series" and link.url}


def test_ten_parts_of_one_series_name_each_other_and_nothing_else() -> None:
    found = {canonical_url(url): find_links(parse(text), url, None) for url, text in records()}
    parts = members(found[START]) | {START}
    assert len(parts) == 10
    for part in parts:
        assert members(found[part]) == parts - {part}
    for url in found.keys() - parts:
        assert not members(found[url]) & parts
    names = [link.title for link in found[START].links if link.kind == "series"]
    shape = title_shape(names)
    assert shape is not None
    assert all(shape.member(name) for name in names)


def seed_page(lines: list[str]) -> str:
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"


@pytest.mark.parametrize("name", ["page.txt", "reconstruction.txt"])
def test_the_seed_names_its_series_and_its_four_earlier_stories(name: str) -> None:
    lines = (SHARED / "data" / "seed" / name).read_text(encoding="utf-8").splitlines()
    found = find_links(parse(seed_page([line for line in lines if line.strip()])), "http://seed.example/", None)
    assert found.series_name == "党员先锋行"
    series = [link for link in found.links if link.kind == "series"]
    assert [link.url for link in series] == [None] * 4
    assert all(link.title.startswith("党员先锋行") for link in series)
    assert len(found.blocks) == 5
