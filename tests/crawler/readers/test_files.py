"""What files say that are attached to stories, and why some say nothing."""

import io
import zipfile

import pytest

from crawler.readers.files import said_of
from tests.crawler.readers.test_filed import LINES, docx, pdf

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(**files: str) -> bytes:
    """A zip; `__` in a name stands for a point, `___` for a stroke between folders."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("___", "/").replace("__", "."), content)
    return out.getvalue()


def xlsx(rows: str, shared: str = "") -> bytes:
    return packed(
        xl___workbook__xml="<workbook/>",
        xl___sharedStrings__xml=f'<sst xmlns="{SHEET}">{shared}</sst>',
        xl___worksheets___sheet1__xml=f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    )


def ofd(words: str) -> bytes:
    space = "http://www.ofdspec.org/2016"
    line = f"<ofd:TextObject><ofd:TextCode>{words}</ofd:TextCode></ofd:TextObject>"
    page = f"<ofd:Page xmlns:ofd='{space}'>{line}</ofd:Page>"
    return packed(OFD__xml="<OFD/>", Doc_0___Pages___Page_0___Content__xml=page)


CELLS = '<row><c t="s"><v>1</v></c><c><v>17.5</v></c></row><row><c t="inlineStr"><is><t>乘客</t></is></c></row>'


@pytest.mark.parametrize(
    ("made", "origin", "words"),
    [
        (pdf(LINES), "pdf", "and the ferryman Zhang counts"),
        (docx(["船工名单", "张三"]), "docx", "船工名单\n张三"),
        (xlsx(CELLS, "<si><t>年</t></si><si><r><t>水</t></r><r><t>位</t></r></si>"), "xlsx", "水位 17.5\n乘客"),
        (ofd("渡口章程"), "ofd", "渡口章程"),
    ],
    ids=["pdf", "docx", "xlsx", "ofd"],
)
def test_a_file_says_its_lines(made: bytes, origin: str, words: str) -> None:
    told = said_of(made, "", {})
    assert told is not None
    assert (told.origin, told.reason) == (origin, "")
    assert words in told.text


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (pdf(LINES)[:200], "it is a PDF that"),
        (b"%PDF-1.7 and nothing else", "it is a PDF that"),
        (pdf([]), "it holds no text"),
        (docx(LINES, padding=2**20), "unpacked"),
        (xlsx("<row><c><v>" + "1" * 2**20 + "</v></c></row>"), "unpacked"),
        (xlsx('<row><c t="s"><v>99</v></c><c t="s"><v>²</v></c></row>'), "it holds no text"),
        (ofd("<"), "it is no OFD that can be read"),
    ],
    ids=["cut", "none", "pictures", "bomb", "another bomb", "no such string", "broken"],
)
def test_a_file_that_says_nothing_says_why(made: bytes, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.readers.files._MOST_BYTES", 2**19)  # a larger bomb would only take longer
    told = said_of(made, "", {})
    assert told is not None
    assert told.text == ""
    assert why in told.reason


@pytest.mark.parametrize(
    "made", [b"", b"<html>404</html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old table", packed(a="b")]
)
def test_other_files_are_not_read(made: bytes) -> None:
    assert said_of(made, "", {}) is None


def test_a_name_that_promises_what_the_bytes_are_not() -> None:
    told = said_of(b"no table of trains", "https://river.example/f/hours.PDF?v=1", {})
    assert told is not None
    assert (told.origin, told.text, told.reason) == ("pdf", "", "it is no PDF, whatever its name says")
