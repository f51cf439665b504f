"""A real crawl of stories with pictures and attachments: what is kept, what is missing, and where both are said."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from storage import Archive
from storage.exports.chosen import Selection
from storage.exports.formats import FORMATS, write
from storage.rows import StoryDetail
from tests.crawler.readers.test_filed import docx, pdf
from tests.crawler.site import Site, response, serving
from tests.crawling import command, crawl_command, scrapy
from tests.story_pages import text
from tests.test_parts_crawl import page, row

PDF, LONG, MANY = "河口人家｜渡口的章程", "河口人家｜一张长图", "河口人家｜十二张照片"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
RULES = ["The ferry keeps its old hours", "and nobody crosses by night."]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def test_pictures_and_attachments_are_kept_and_what_is_missing_is_said(site: Site, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    shown = "".join(f'<p><img src="/pics/{at}.png"></p><p>渡口的第{at}张。高宁摄</p>' for at in range(1, 13))
    past = row(LONG, "/a/2.html") + row(PDF, "/a/1.html")
    site.pages["/a/3.html"] = page(MANY, text("3") + shown, past=past)
    site.pages["/a/2.html"] = page(LONG, '<p><img src="/long/1.jpg"></p><p><img src="/long/2.jpg"></p>')
    files = '<p><a href="/files/rules.pdf">渡口章程.pdf</a></p><p><a href="/files/list.docx">附件：名单.docx</a></p>'
    site.pages["/a/1.html"] = page(PDF, text("1") + files)
    for at in range(1, 13):
        site.pages[f"/pics/{at}.png"] = response(PNG + bytes([at]), content_type="image/png")
    del site.pages["/pics/7.png"]
    site.pages["/pics/8.png"] = response("<html><title>首页</title><p>欢迎</p></html>")
    site.pages["/long/1.jpg"] = response(b"\xff\xd8\xff\xe0" + bytes(3_000), content_type="image/jpeg")
    site.pages["/long/2.jpg"] = response(b"\xff\xd8\xff\xe0" + bytes(300_000), content_type="image/jpeg")
    site.pages["/files/rules.pdf"] = response(pdf(RULES), content_type="application/pdf")
    site.pages["/files/list.docx"] = response(docx(["Ferryman Zhang", "Ferryman Li"]))
    with_pictures = ("-s", "PICTURES=200000", "-s", "RETRY_PAUSE=0")
    ended = scrapy(archive, crawl_command(site.url("/a/3.html"), *with_pictures))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"pictures and files not kept: 3\n    {site.url('/pics/7.png')}: the server answered 404" in ended.stdout
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        held = {one.title: one.id for one in opened.stories()}
        many, long, filed = (_detail(opened, held[title]) for title in (MANY, LONG, PDF))
        assert [one.lacks for one in many.files if one.lacks] == [
            "the server answered 404",
            "a web page stands in its place",
        ]
        assert {(one.credit, one.media_type) for one in many.files if not one.lacks} == {("高宁", "image/png")}
        assert opened.payload(many.files[0].sha256 or "") == PNG + bytes([1])
        assert [one.lacks for one in long.files] == ["", "it is larger than 200,000 bytes"]
        assert [(one.caption, one.text_origin) for one in filed.files] == [
            ("渡口章程.pdf", "pdf"),
            ("附件：名单.docx", "docx"),
        ]
        (hit,) = opened.search("nobody crosses by night")
        assert hit.story.id == filed.story.id
        assert "nobody crosses" in hit.snippet
        _carried_away(opened)
        _said_in_tables(opened)
        _carried_over(opened, tmp_path)
    told = scrapy(archive, command("show", str(many.story.id))).stdout
    assert "Pictures and files: 12" in told
    assert "the server answered 404" in told
    assert scrapy(archive, command("verify")).returncode == 0


def exported(archive: Archive, form: str) -> io.BytesIO:
    out = io.BytesIO()
    write(FORMATS[form], archive, Selection(), out)
    return out


def _carried_away(archive: Archive) -> None:
    """Eleven pictures and two files, and what is missing, in each form that shows them."""
    page = exported(archive, "html").getvalue().decode()
    assert page.count('src="data:image/png;base64,') == 10
    assert "missing: the server answered 404" in page
    assert "missing: it is larger than 200,000 bytes" in page
    with zipfile.ZipFile(exported(archive, "epub")) as book:
        inside = [name for name in book.namelist() if name.startswith("EPUB/pictures/")]
        assert len(inside) == 11
        package = book.read("EPUB/package.opf").decode()
        assert all(name.removeprefix("EPUB/") in package for name in inside)
        assert PNG + bytes([1]) in map(book.read, inside)
    with zipfile.ZipFile(exported(archive, "markdown")) as folder:
        names = folder.namelist()
        assert len(names) == 3 + 11 + 2
        (story,) = (folder.read(name).decode() for name in names if name.endswith("十二张照片.md"))
        assert story.count("![") == 10
        assert "(missing: the server answered 404)" in story
        assert any(f"]({name.partition('/')[2]})" in story for name in names if name.endswith(".png"))
    with zipfile.ZipFile(exported(archive, "wacz")) as packed:
        lines = packed.read("indexes/index.cdx").decode().splitlines()
        assert sum('"image/png"' in line for line in lines) == 10
        assert sum('"application/pdf"' in line for line in lines) == 1
        (refused,) = (line for line in lines if "/pics/7.png" in line)
        assert '"status": "404"' in refused


def _said_in_tables(archive: Archive) -> None:
    """Of each of twelve pictures where it was, and its bytes or why they are missing; likewise in every table."""

    def files(stories: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        (story,) = (one for one in stories if one["title"] == MANY)
        return list(story["files"])

    lines = [json.loads(line) for line in exported(archive, "jsonl").getvalue().splitlines()]
    told = files(lines)
    assert [one["url"].rpartition("/")[2] for one in told] == [f"{at}.png" for at in range(1, 13)]
    assert [one["missing"] for one in told if one["sha256"] is None] == [
        "the server answered 404",
        "a web page stands in its place",
    ]
    first = hashlib.sha256(PNG + bytes([1])).hexdigest()
    assert (told[0]["sha256"], told[0]["credit"], told[0]["size"]) == (first, "高宁", len(PNG) + 1)
    table = io.StringIO(exported(archive, "csv").getvalue().decode("utf-8-sig"), newline="")
    rows = list(csv.DictReader(table))
    assert {row["title"]: row["files_missing"] for row in rows} == {MANY: "2", LONG: "1", PDF: "0"}
    assert files(row | {"files": json.loads(row["files"])} for row in rows) == told
    parquet = pytest.importorskip("pyarrow.parquet")
    assert files(parquet.read_table(exported(archive, "parquet")).to_pylist()) == told
    cited = json.loads(exported(archive, "csl-json").getvalue())
    assert files({**one, **one["custom"]} for one in cited) == told
    assert "missing: the server answered 404" in unescape(exported(archive, "atom").getvalue().decode())


def _carried_over(archive: Archive, folder: Path) -> None:
    """Another archive takes them in with their bytes, what was read in them, and why the others are missing."""
    lines = folder / "all.wangqi.jsonl"
    lines.write_bytes(exported(archive, "archive").getvalue())
    another = folder / "another.db"
    answer = scrapy(another, command("import", str(lines)))
    assert answer.returncode == 0, answer.stderr
    assert "13 pictures and files" in answer.stdout
    with Archive(f"sqlite:///{another}", read_only=True) as opened:
        held = {one.title: one.id for one in opened.stories()}
        many, filed = (_detail(opened, held[title]) for title in (MANY, PDF))
        assert [one.lacks for one in many.files if one.lacks] == [
            "the server answered 404, by all.wangqi.jsonl",
            "a web page stands in its place, by all.wangqi.jsonl",
        ]
        assert opened.payload(many.files[0].sha256 or "") == PNG + bytes([1])
        assert [one.text_origin for one in filed.files] == ["pdf", "docx"]
        (hit,) = opened.search("nobody crosses by night")
        assert hit.story.id == filed.story.id
    assert "13 pictures and files known" in scrapy(another, command("import", str(lines))).stdout
    changed = lines.read_text("utf-8").replace('"body": "iVBORw0KGgo', '"body": "iVBORw0KGgx', 1)
    lines.write_text(changed, "utf-8")
    answer = scrapy(folder / "third.db", command("import", str(lines)))
    assert answer.returncode == 20
    assert "its bytes are not those of its SHA-256" in answer.stderr
    assert "12 pictures and files" in answer.stdout
    plain = folder / "plain.jsonl"
    plain.write_bytes(exported(archive, "jsonl").getvalue())
    assert (
        "16 pictures and files named without their bytes"
        in scrapy(folder / "fourth.db", command("import", str(plain))).stdout
    )


def _detail(archive: Archive, story: int) -> StoryDetail:
    found = archive.story(story)
    assert found
    return found
