"""What a real crawl leaves is sound and sealed, and can be backed up; an authority that is away costs it nothing."""

from pathlib import Path

from storage import Archive
from storage.upkeep.backup import back_up
from tests.crawler.site import serving
from tests.crawling import crawl_command, scrapy
from tests.storage.upkeep.filled import damages
from tests.story_pages import story


def test_a_crawl_leaves_a_sound_archive_with_its_manifest(tmp_path: Path) -> None:
    archive, copy = tmp_path / "archive.db", tmp_path / "copy.db"
    with serving() as site:
        for number in range(3):
            title = f"数石阶的人：第{number}级"
            following = [(f"数石阶的人：第{number + 1}级", f"/{number + 1}.html")] if number < 2 else []
            site.pages[f"/{number}.html"] = story(title, following, seed=title)
        start = crawl_command(site.url("/0.html"))
        alone = scrapy(tmp_path / "other.db", start)
        done = scrapy(archive, [*start, "-s", "TIMESTAMP_AUTHORITY=http://127.0.0.1:9/"])
    assert done.returncode == alone.returncode
    assert len([line for line in done.stderr.splitlines() if "bears no time stamp yet" in line]) == 1
    assert "time stamp" not in alone.stderr
    assert damages(f"sqlite:///{archive}") == []
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        assert {opened.proof(one.id).run_id for one in opened.stories()} == {1}
        assert len(opened.unstamped()) == 1
    back_up(f"sqlite:///{archive}", copy, lambda *_: None)
    with Archive(f"sqlite:///{copy}", read_only=True) as restored:
        assert restored.runs()[0].counts["stored"] == 3
