"""What others have collected of hostile documents, strings and files: read without an exception, and in time.

The collections stand beside the checkout, as their licences are not ours; without them these tests are skipped.
"""

import json
import tarfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from protego import Protego

from crawler.downloader.warcs.index import WarcError, WarcIndex
from crawler.extraction import extract_page
from crawler.extraction.source.decode import decode
from crawler.extraction.source.feeds import read_feed
from views.cells import safe_lines
from wangqi.text.forms import display
from wangqi.text.sanitise import storable
from wangqi.urls import canonical_url

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "hostile"
URL = "http://a.example/1.html"
PROSE = "雾里开出一条没有号的船，守闸的人数了三遍，又数了一遍桥上的灯。" * 3
SLOWEST = 5.0  # seconds of CPU for one document

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.exists(), reason="../shared/data/hostile, what others have collected, is not there"),
]


def documents() -> Iterator[tuple[str, bytes]]:
    for file in sorted((DATA / "html5lib-tests" / "tree-construction").glob("*.dat")):
        for number, piece in enumerate(file.read_bytes().split(b"#data\n")[1:]):
            yield f"{file.name} {number}", piece.split(b"\n#errors")[0]
    for file in sorted((DATA / "libxml2-testdata" / "test").rglob("*")):
        if file.is_file():
            yield file.name, file.read_bytes()


def strings() -> list[str]:
    return json.loads((DATA / "blns" / "blns.json").read_text("utf-8"))


def is_read(file: Path) -> bool:
    """Nothing else than `WarcError` is raised of any file."""
    try:
        return len(WarcIndex(file, canonical_url)) > 0
    except WarcError:
        return False


def test_row_18_documents_that_break_parsers_are_read_in_time() -> None:
    found = list(documents())
    assert len(found) > 1_500
    for name, body in found:
        began = time.process_time()
        page = extract_page(body, URL)
        assert time.process_time() - began < SLOWEST, name
        assert page.text == "" or page.kind == "story", name


def test_row_21_no_document_of_entities_is_opened() -> None:
    files = [file for file in (DATA / "libxml2-testdata" / "test" / "recurse").glob("*") if file.is_file()]
    assert files
    for file in files:
        began = time.process_time()
        _, said, _ = read_feed(file.read_bytes(), URL) or ((), "", False)
        assert time.process_time() - began < 1, file.name
        assert "root:" not in said


def test_row_22_every_encoding_of_chinese_is_found_whatever_the_label() -> None:
    folder = DATA / "cpython-cjkencodings"
    wrong = []
    for codec in ("gb2312", "gbk", "gb18030", "big5", "hz"):
        body, gold = (folder / f"{codec}.txt").read_bytes(), (folder / f"{codec}-utf8.txt").read_text("utf-8")
        for label in (codec, "utf-8", "iso-8859-1", None):
            headers = {"content-type": f"text/html; charset={label}"} if label else {}
            if decode(body, headers).text.split() != gold.split():
                wrong.append((codec, label))
    assert wrong == []


def test_row_23_every_string_can_be_kept_and_shown() -> None:
    for string in strings():
        page = extract_page(f"<title>{string}</title><h1>{string}</h1><p>{PROSE}</p><p>{string}</p>".encode(), URL)
        kept = storable(page.title or "") + storable(display(page.text)) + safe_lines(string)
        kept.encode("utf-8")
        assert not [sign for sign in kept if unicodedata.category(sign) == "Cc" and sign not in "\n\t"], string


def test_row_13_no_real_robots_txt_costs_time() -> None:
    with tarfile.open(DATA / "protego-robots-4231.tar.xz") as packed:
        for member in packed:
            if (file := packed.extractfile(member)) is None:
                continue
            began = time.process_time()
            Protego.parse(file.read()[: 512 * 1024].decode("utf-8", "replace"))
            assert time.process_time() - began < 1, member.name


def test_row_42_broken_warcs_are_read_up_to_where_they_break() -> None:
    files = [file for file in (DATA / "warcio-testdata").rglob("*") if "arc" in file.suffixes or ".warc" in file.name]
    read = [file.name for file in files if is_read(file)]
    assert "example.warc.gz" in read
    assert "example-trunc.warc" in read
