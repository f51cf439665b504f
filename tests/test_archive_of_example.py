"""The example site, archived by a real crawl, against what `examples/expected.json` says an archive must hold."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from examples.compare import differences, fetched_in_vain
from examples.serve import ExampleSite
from storage import Archive
from tests.crawling import ROOT, crawl_command, scrapy

EXPECTED = json.loads((ROOT / "examples" / "expected.json").read_text("utf-8"))
PARTIAL = 20


@pytest.mark.parametrize("expected", EXPECTED["crawls"], ids=lambda crawl: crawl["start"])
def test_the_archive_holds_what_it_must(expected: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    with ExampleSite() as site:
        ended = scrapy(file, crawl_command(site.url(expected["start"])))
        assert "Traceback" not in ended.stderr, ended.stderr
        assert ended.returncode == (PARTIAL if expected["missing"] else 0), ended.stdout
        with Archive(f"sqlite:///{file}", read_only=True) as archive:
            assert differences(archive, expected, site) == []
        assert fetched_in_vain(EXPECTED["never_fetched"], site) == []
        for paths in site.hits.values():
            assert set(Counter(paths).values()) <= {1}
