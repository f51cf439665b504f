"""Pages whose story is a PDF or a DOCX."""

import io
import zipfile
from collections.abc import Iterable

import pytest

from crawler.extraction.model import Source
from crawler.extraction.parts.documents import Document
from crawler.readers.assembling import assemble
from crawler.readers.files import FileError, paragraphs_of

URL, FILE = "https://river.example/2024/5.html", "https://river.example/2024/{}"
LINES = [
    "The ferry keeps its old hours",
    "and the ferryman Zhang counts",
    "the guests at the landing.",
    "Floods come in May.",
]


def pdf(lines: Iterable[str]) -> bytes:
    """A PDF of one page, written by hand."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown}ET"
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return made + f"{head}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF".encode()


def docx(lines: Iterable[str], name: str = "word/document.xml", padding: int = 0) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    told = "".join(f"<w:p><w:r><w:t>{line[:4]}</w:t></w:r><w:r><w:t>{line[4:]}</w:t></w:r></w:p>" for line in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, f'<w:document xmlns:w="{space}"><w:body>{told}{" " * padding}</w:body></w:document>')
    return out.getvalue()


def page(file: str, words: str = "") -> Source:
    head = "<html><head><title>关于渡口开放时间的公告</title></head><body><h1>关于渡口开放时间的公告</h1>"
    told = (
        f"<p>发布时间：2024-03-05</p><div class='content'>{words}<p><a href='{file}'>{file}</a></p></div></body></html>"
    )
    return Source(f"{head}{told}".encode(), URL, {"content-type": "text/html; charset=utf-8"})


@pytest.mark.parametrize(("file", "made"), [("5.pdf", pdf(LINES)), ("5.docx", docx(LINES))])
def test_the_text_of_a_file_is_the_body_of_its_page(file: str, made: bytes) -> None:
    url = FILE.format(file)
    _, lacking = assemble(page(file), {})
    assert lacking.wanted == (url,)
    told, whole = assemble(page(file), {url: Document(Source(made, url, {}))})
    assert told.kind == "story"
    assert "the ferryman Zhang counts" in told.text
    assert told.title == "关于渡口开放时间的公告"
    assert [(part.role, part.url, part.lacks) for part in whole.parts] == [("file", url, "")]


def test_a_file_that_does_not_come_is_lacking() -> None:
    url = FILE.format("5.pdf")
    _, told = assemble(page("5.pdf"), {url: Document(None, "the server answered 404")})
    assert [part.lacks for part in told.lacking] == ["the server answered 404"]


@pytest.mark.parametrize(
    "made",
    [
        b"<html>404</html>",
        pdf(LINES)[:200],
        pdf([]),
        docx(LINES)[:-40],
        docx(LINES, "other.xml"),
        docx([]),
        docx(LINES, padding=65 * 2**20),
    ],
    ids=["html", "cut", "pictures", "cut docx", "no docx", "empty docx", "bomb"],
)
def test_a_file_without_a_text_is_a_flaw(made: bytes) -> None:
    url = FILE.format("5.pdf")
    told, whole = assemble(page("5.pdf"), {url: Document(Source(made, url, {}))})
    assert (whole.wanted, whole.parts) == ((), ())
    assert f"the file {url} was not read: it" in told.evidence
    assert "told_in_document" in told.warnings
    with pytest.raises(FileError):
        paragraphs_of(made)


def test_a_file_that_may_not_be_asked_for_is_no_part() -> None:
    url = FILE.format("5.pdf")
    told, whole = assemble(page("5.pdf"), {url: Document(None, "robots.txt does not want it", is_refused=True)})
    assert whole.parts == ()
    assert "robots.txt does not want it" in told.evidence


def test_a_file_that_is_attached_to_a_story_stays_there() -> None:
    words = "<p>渡口从三月起每天六点开船，船工老张说水涨了就停。</p>" * 5
    assert not assemble(page("5.pdf", words), {})[1].wanted
    assert not assemble(page("5.xls"), {})[1].wanted
