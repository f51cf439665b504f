"""A crawl of an entry of the catalogue keeps to the entry."""

import os
from pathlib import Path

from examples.serve import ExampleSite
from storage import Archive
from tests.crawling import command, run


def test_an_entry_names_and_limits_its_crawl(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n")
    with ExampleSite() as site:
        entry = f'["巡河"]\nstart = "{site.start_url}"\nmax_pages = 6\ndelay = 0\n'
        (tmp_path / "series.toml").write_text(entry, "utf-8")
        at_home = ["-s", "ALLOWED_ADDRESSES=127.0.0.0/8", "-s", "ALLOWED_PORTS=any", "-s", "LOG_LEVEL=WARNING"]
        environment = {**os.environ, "ARCHIVE_URL": "sqlite:///archive.db"}
        ended = run(command("crawl", "巡河", *at_home), environment, folder=tmp_path)
    assert ended.returncode == 14, ended.stderr
    with Archive(f"sqlite:///{tmp_path}/archive.db", read_only=True) as archive:
        (begun,) = archive.runs("巡河")
        assert begun.reason == "limit_pages"
        assert sum(begun.counts.values()) == 6
