"""A page whose story is a PDF, crawled: it is found by the words of the file, which is kept beside it."""

from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.readers.test_filed import LINES, page, pdf
from tests.crawler.site import response, serving
from tests.crawling import crawl_command, scrapy

pytestmark = pytest.mark.torture


def test_a_story_in_a_pdf_is_found_by_its_words(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    with serving() as site:
        site.pages["/2024/5.html"] = response(page("5.pdf").body)
        site.pages["/2024/5.pdf"] = response(pdf(LINES), content_type="application/pdf")
        ended = scrapy(file, crawl_command(site.url("/2024/5.html")))
        assert "Traceback" not in ended.stderr, ended.stderr
        hits = [path for _, path, _ in site.hits]
    assert hits.count("/2024/5.pdf") == 1
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        (hit,) = archive.search("ferryman")
        assert "the ferryman Zhang counts" in hit.story.text
        (history,) = archive.why(site.url("/2024/5.pdf"))
        assert history.page.outcome == "part"
        assert archive.payload(history.captures[-1].payload_sha256) == pdf(LINES)
        detail = archive.story(hit.story.id)
        assert detail
        assert detail.revisions[-1].details["parts"][0]["role"] == "file"
