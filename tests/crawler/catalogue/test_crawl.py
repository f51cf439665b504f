"""A crawl of an entry of the catalogue keeps to the entry."""

import os
import subprocess
import sys
from pathlib import Path

from examples.serve import ExampleSite
from storage import Archive

ROOT = Path(__file__).parents[3]


def test_an_entry_names_and_limits_its_crawl(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n")
    with ExampleSite() as site:
        entry = f'["巡河"]\nstart = "{site.start_url}"\nmax_pages = 6\ndelay = 0\n'
        (tmp_path / "series.toml").write_text(entry, "utf-8")
        at_home = ["-s", "ALLOWED_ADDRESSES=127.0.0.0/8", "-s", "ALLOWED_PORTS=any", "-s", "LOG_LEVEL=WARNING"]
        ended = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "巡河", *at_home],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ARCHIVE_URL": "sqlite:///archive.db"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 14, ended.stderr
    with Archive(f"sqlite:///{tmp_path}/archive.db", read_only=True) as archive:
        (run,) = archive.runs("巡河")
        assert run.reason == "limit_pages"
        assert sum(run.counts.values()) == 6
