"""Stories to be read elsewhere: what is in the files, and the rules of their forms."""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import bagit
import pytest
from lxml import etree

from storage import Archive
from storage.exports.chosen import Chosen, ExportError, Selection
from storage.exports.formats import FORMATS, export, format_of, write
from tests.storage.stories import address, begun, capture, named, record, story_text, words

ODD = 'A <b>&amp;</b> "story" ]]>'
ATOM, XHTML, OPF = (
    "{http://www.w3.org/2005/Atom}",
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.idpf.org/2007/opf}",
)
BLOCKS = [
    {"kind": "heading", "text": "一节", "url": None, "credit": None, "level": 3},
    {"kind": "paragraph", "text": "第一段 <i>", "url": None, "credit": None, "level": 0},
    {"kind": "image", "text": "渡口", "url": "https://river.example/a.jpg", "credit": None, "level": 0},
    {"kind": "caption", "text": "渡口。张三 摄", "url": None, "credit": "张三", "level": 0},
    {"kind": "table", "text": "年\t水位\n2021\t7.1", "url": None, "credit": None, "level": 0},
    {"kind": "list", "text": "# 一\n二", "url": None, "credit": None, "level": 0},
    {"kind": "quote", "text": "引文", "url": None, "credit": None, "level": 0},
    {"kind": "film", "text": "", "url": "javascript:alert(1)", "credit": None, "level": 0},
]


@pytest.fixture
def river() -> Iterator[Archive]:
    """Three stories of one series, which names a fourth that is gone; the first is revised later."""
    with Archive("sqlite://") as archive:
        series, run = begun(archive)
        text = "\n".join(block["text"] for block in BLOCKS if block["kind"] not in {"image", "film"})
        one = story_text(1, text, title=ODD, language="zh-CN", source="河报", details={"blocks": BLOCKS})
        archive.record(record(series, run, 1, story=one))
        archive.record(record(series, run, 2, named=named(4, 1)))
        archive.record(record(series, run, 3)).result()
        yield archive


def exported(archive: Archive, form: str, **given: Any) -> bytes:
    out = io.BytesIO()
    write(FORMATS[form], archive, Selection(**given), out)
    return out.getvalue()


def test_an_epub_keeps_the_rules(river: Archive) -> None:
    made = exported(river, "epub")
    assert made == exported(river, "epub", series="河上旧事")
    assert made[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        names = book.namelist()
        pages = {name: etree.fromstring(book.read(name)) for name in names if name.endswith((".xhtml", ".opf", ".xml"))}
    package = pages.pop("EPUB/package.opf")
    items = {one.get("id"): one.get("href") for one in package.iter(f"{OPF}item")}
    assert {f"EPUB/{href}" for href in items.values()} == set(names) - {
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
    }
    spine = [items[one.get("idref")] for one in package.iter(f"{OPF}itemref")]
    assert spine == ["s00001.xhtml", "s00002.xhtml", "s00003.xhtml", "missing.xhtml"]
    toc = [(one.get("href"), one.text) for one in pages["EPUB/nav.xhtml"].iter(f"{XHTML}a")]
    assert [href for href, _ in toc] == spine
    assert toc[0][1] == ODD
    for page in pages.values():
        ids = [one.get("id") for one in page.iter() if one.get("id")]
        assert len(ids) == len(set(ids))
        assert not {one.get("href") for one in page.iter(f"{XHTML}a") if "javascript" in (one.get("href") or "")}
        assert not list(page.iter(f"{XHTML}img", f"{XHTML}script"))
    missing = " ".join(pages["EPUB/missing.xhtml"].itertext())
    assert "河上旧事之4" in missing
    assert address(4) in missing
    first = pages["EPUB/s00001.xhtml"]
    assert [cell.text for cell in first.iter(f"{XHTML}td")] == ["年", "水位", "2021", "7.1"]
    assert "SHA-256" in " ".join(first.itertext())


def test_a_part_of_a_series_is_no_whole_one(river: Archive) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(river, "epub", query="title:之2"))) as book:
        assert [name for name in book.namelist() if name.startswith(("EPUB/s0", "EPUB/m"))] == ["EPUB/s00001.xhtml"]


@pytest.mark.parametrize("form", ["epub", "atom"])
def test_a_book_is_of_one_series(river: Archive, form: str) -> None:
    river.series_named("另一个")
    with pytest.raises(ExportError, match="Name it with --series; the archive has 另一个、河上旧事"):
        exported(river, form)
    assert exported(river, form, series="河上旧事")


def test_an_html_page_needs_nothing_beside_it(river: Archive) -> None:
    made = exported(river, "html", series="河上旧事").decode()
    page = etree.HTML(made)
    assert not page.xpath("//script | //img | //link | //@onclick")
    inside = [href[1:] for href in page.xpath("//ol//a/@href")]
    assert inside == page.xpath("//article/@id")
    assert len(inside) == 3
    assert page.xpath("count(//li[@class='lacking'])") == 1
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in made
    assert exported(river, "html", query="title:之3").count(b"<article") == 1


def test_a_markdown_folder_has_a_file_a_story(river: Archive, tmp_path: Path) -> None:
    chosen = Chosen(archive=river, selection=Selection())
    assert export(FORMATS["markdown"], chosen, tmp_path / "stories") == 3
    files = sorted((tmp_path / "stories").rglob("*.md"))
    assert [file.name for file in files] == [
        "000001 A b &amp; b story.md",
        "000002 河上旧事之2.md",
        "000003 河上旧事之3.md",
    ]
    facts, body = files[0].read_text("utf-8").split("---\n")[1:]
    known = dict(line.split(": ", 1) for line in facts.splitlines())
    assert json.loads(known["title"]) == ODD
    assert json.loads(known["url"]) == address(1)
    assert "### 一节\n\n第一段 \\<i\\>\n\n[渡口](<https://river.example/a.jpg>)\n\n*渡口。张三 摄*" in body
    assert "| 年 | 水位 |\n| --- | --- |\n| 2021 | 7.1 |\n\n- \\# 一\n- 二\n\n> 引文" in body
    with zipfile.ZipFile(io.BytesIO(exported(river, "markdown"))) as made:
        assert sorted(made.namelist()) == [file.relative_to(tmp_path / "stories").as_posix() for file in files]


HOSTILE = (
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "..",
    ".htaccess",
    "CON",
    "aux.txt",
    "渡口\x00旧事\u202e",
    "a" * 400,
    "\U00020000" * 400,
    "Caf\u00e9",
    "Cafe\u0301",
    "CAF\u00c9",
    "%2e%2e%2f",
    "<b>|?*:",
    "\n",
)


def test_row_54_no_title_is_a_way_out_of_its_folder(archive: Archive) -> None:
    series, run = begun(archive, "Aux.2")
    for number, title in enumerate(HOSTILE, 1):
        archive.record(record(series, run, number, story=story_text(number, title=title))).result()
    with zipfile.ZipFile(io.BytesIO(exported(archive, "markdown"))) as made:
        names = made.namelist()
    assert len(names) == len(HOSTILE)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names), "none takes another's"
    for name in names:
        folder, file = name.split("/")
        assert not re.search(r'[\x00-\x1f\x7f<>:"\\|?*\u202e]', name)
        assert re.match(r"\d{6} ?", file)
        assert len(file.encode()) <= 255
        assert folder == "Aux_.2", "a device of Windows is no folder"


def test_a_feed_tells_what_changed(river: Archive) -> None:
    series, run = begun(river)
    lines = words(2).split("\n")
    text = "\n".join([*lines[:-1], "渡口今天关了"])
    later = capture(address(2), text)
    later = replace(later, fetched_at=later.fetched_at + timedelta(days=40))
    marks = {"standing": 0, "standing_reason": "home"}
    revised = record(series, run, 2, story=story_text(2, text, **marks), capture=later)
    assert river.record(revised).result().outcome in {"revised", "doubtful", "tampered"}
    feed = etree.fromstring(exported(river, "atom"))
    entries = feed.findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(ids) == len(set(ids)) >= 3
    for one in entries:
        assert one.findtext(f"{ATOM}updated", "").endswith("Z")
        assert one.findtext(f"{ATOM}title")
        assert one.find(f"{ATOM}content").get("type") == "html"
    assert max(one.findtext(f"{ATOM}updated", "") for one in entries) == feed.findtext(f"{ATOM}updated")
    changes = [one for one in entries if one.findtext(f"{ATOM}title", "").startswith("Changed")]
    assert all("<ins>渡口今天关了</ins>" in one.findtext(f"{ATOM}content", "") for one in changes)
    assert len(changes) == 1


def test_csl_json_and_an_empty_one(river: Archive) -> None:
    items = json.loads(exported(river, "csl-json", series="河上旧事"))
    assert [one["id"] for one in items] == ["wangqi-1", "wangqi-2", "wangqi-3"]
    assert items[0]["issued"] == {"date-parts": [[2024, 1, 8]]}
    assert json.loads(exported(river, "csl-json", query="洪水")) == []


def test_parquet_and_its_card(river: Archive) -> None:
    from pyarrow import parquet  # noqa: PLC0415 - 0.3 s that no other test waits for

    made = exported(river, "parquet")
    assert made == exported(river, "parquet")
    table = parquet.read_table(io.BytesIO(made))
    assert set(table.column("text").to_pylist()) == {row.text for row in river.stories()}
    assert b"# Stories of article series" in table.schema.metadata[b"dataset_card"]
    assert str(table.schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    with zipfile.ZipFile(io.BytesIO(exported(river, "dataset"))) as folder:
        assert folder.namelist() == ["data/stories.parquet", "README.md"]
        assert folder.read("data/stories.parquet") == made


@pytest.mark.parametrize("form", ["jsonl", "markdown"])
def test_a_bag_is_valid(river: Archive, form: str, tmp_path: Path) -> None:
    chosen = Chosen(archive=river, selection=Selection())
    for name in ("one", "two"):
        assert export(FORMATS[form], chosen, tmp_path / name, in_bag=True) == 3
        bagit.Bag(str(tmp_path / name)).validate()
    manifests = [(tmp_path / name / "bag-info.txt").read_bytes() for name in ("one", "two")]
    assert manifests[0] == manifests[1]


def test_every_form_of_every_name(tmp_path: Path) -> None:
    names = {
        form.name: found.name
        for form in FORMATS.values()
        if (found := format_of(str(tmp_path / f"a.{form.suffixes[0]}")))
    }
    assert names == {name: name for name in FORMATS}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_an_empty_archive_is_handed_over(form: str) -> None:
    with Archive("sqlite://") as archive:
        archive.series_named("空")
        made = exported(archive, form)
        assert made == exported(archive, form)
