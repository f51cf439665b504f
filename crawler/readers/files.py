"""The text of files: PDF, DOCX, XLSX and OFD. Pure, and for a process of its own."""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from math import ceil
from typing import Any, Final
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from lxml import etree

from storage.rows.files import FileSaid
from wangqi.readings.files import ENDS, media_type
from wangqi.text.forms import display

READER: Final = "files 1"
_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
_MOST_PAGES: Final = 5_000
_MOST_CHARACTERS: Final = 2_000_000
_MOST_BYTES: Final = 64 * 2**20  # of one file in a DOCX, unpacked
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FULL: Final = 0.85  # of the width of a page, from which on a line goes on in the next one
_HAN: Final = re.compile(r"[\u3400-\u9fff，。；：、！？“”‘’（）《》]")
_ADDRESS: Final = re.compile(r"\.(?:pdf|docx)(?:$|[?#])", re.IGNORECASE)


_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class FileError(ValueError):
    """Raised when a file holds no text that can be read; its message says why."""


def may_be_read(url: str) -> bool:
    """Whether an address is of a file whose text may be that of a page."""
    found = _ADDRESS.search(url)
    return found is not None and (found[0].lower().startswith(".docx") or find_spec("pypdfium2") is not None)


def paragraphs_of(body: bytes) -> list[str]:
    """The text of a file, by its first bytes and not by its name.

    Raises:
        FileError: It is neither PDF nor DOCX, damaged, locked, too large, or made of pictures.
    """
    if body[:1024].lstrip().startswith(_PDF):
        lines = list(_of_pdf(body))
    elif body.startswith(_ZIP):
        lines = list(_of_docx(body))
    else:
        raise FileError("it is neither a PDF nor a DOCX")
    return _with_text(lines)


def said_of(body: bytes, url: str, headers: object) -> FileSaid | None:
    """What a file says, by its first bytes; None of one of a kind that is not read here.

    The end of its name makes it none, and is told where it promises what the bytes are not. `headers` tell nothing:
    they are what readers of pages are given, too.
    """
    del headers
    origin = _ORIGINS.get(media_type(body) or "")
    named = urlsplit(url).path.rpartition(".")[2].lower()
    if origin is None and named in _READERS:
        return FileSaid(named, "", f"it is no {named.upper()}, whatever its name says", READER)
    if origin is None or (origin == "pdf" and find_spec("pypdfium2") is None):
        return None
    try:
        text = "\n".join(_with_text(list(_READERS[origin](body))))
    except FileError as error:
        return FileSaid(origin, "", str(error), READER)
    if len(text) > _MOST_CHARACTERS:
        return FileSaid(origin, "", f"it holds more than {_MOST_CHARACTERS:,} characters", READER)
    return FileSaid(origin, display(text), "", READER)


def _with_text(lines: Sequence[str]) -> list[str]:
    found = [line for line in lines if line]
    if not any(any(map(str.isalnum, line)) for line in found):
        raise FileError("it holds no text: its pages are pictures")
    return found


def _of_pdf(body: bytes) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415 - of the extra `files`

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise FileError(f"it is a PDF that cannot be opened: {error}") from error
    count = 0
    try:
        lines: list[str] = []
        if len(document) > _MOST_PAGES:
            raise FileError(f"it has more than {_MOST_PAGES:,} pages")
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            text = words.get_text_bounded()
            words.close()
            page.close()
            count += len(text)
            if count > _MOST_CHARACTERS:
                raise FileError(f"it holds more than {_MOST_CHARACTERS:,} characters")
            lines += text.splitlines()
        yield from joined(lines)
    except pypdfium2.PdfiumError as error:
        raise FileError(f"it is a PDF that is damaged: {error}") from error
    finally:
        document.close()


def _of_docx(body: bytes) -> Iterator[str]:
    with _unpacked(body, "DOCX") as tree_of:
        tree = tree_of("word/document.xml")
    for paragraph in tree.iter(f"{_WORD}p"):
        yield "".join(part.text or "" for part in paragraph.iter(f"{_WORD}t")).strip()


def _of_xlsx(body: bytes) -> Iterator[str]:
    """A line a row; numbers as they are kept, without the form that the sheet gives them."""
    with _unpacked(body, "XLSX") as tree_of:
        shared: list[str] = []
        if (strings := tree_of("xl/sharedStrings.xml", None)) is not None:
            shared = [
                "".join(part.text or "" for part in one.iter(f"{_SHEET}t")) for one in strings.iter(f"{_SHEET}si")
            ]
        for name in tree_of.names("xl/worksheets/sheet", ".xml"):
            for row in tree_of(name).iter(f"{_SHEET}row"):
                yield "\t".join(filter(None, (_cell(one, shared) for one in row.iter(f"{_SHEET}c"))))


def _cell(cell: etree._Element, shared: Sequence[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    return value or "".join(part.text or "" for part in cell.iter(f"{_SHEET}t"))


def _of_ofd(body: bytes) -> Iterator[str]:
    """The lines of its pages (GB/T 33190): each text object is one."""
    lines: list[str] = []
    with _unpacked(body, "OFD") as tree_of:
        for name in tree_of.names("", "Content.xml"):
            objects = tree_of(name).iter("{*}TextObject")
            lines += ["".join(part.text or "" for part in one.iter("{*}TextCode")) for one in objects]
    yield from joined(lines)


class _Packed:
    """The XML files of a zip, no more of them than `_MOST_BYTES` in all."""

    def __init__(self, packed: ZipFile, kind: str) -> None:
        self._packed, self._kind, self._left = packed, kind, _MOST_BYTES

    def __call__(self, name: str, default: object = ...) -> Any:  # noqa: ANN401 - an lxml element, whose stubs name no class, or what the caller gave
        if default is not ... and name not in self._packed.namelist():
            return default
        with self._packed.open(name) as file:
            written = file.read(self._left + 1)
        self._left -= len(written)
        if self._left < 0:
            raise FileError(f"it is a {self._kind} of more than {_MOST_BYTES:,} bytes unpacked")
        return etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))

    def names(self, beginning: str, end: str) -> list[str]:
        """In the order of their numbers."""
        found = [name for name in self._packed.namelist() if name.startswith(beginning) and name.endswith(end)]
        return sorted(found, key=lambda name: [int(number) for number in re.findall(r"\d{1,9}", name)])


@contextmanager
def _unpacked(body: bytes, kind: str) -> Iterator[_Packed]:
    try:
        with ZipFile(io.BytesIO(body)) as packed:
            yield _Packed(packed, kind)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise FileError(f"it is no {kind} that can be read: {error}") from error
    except etree.XMLSyntaxError as error:
        raise FileError(f"it is no {kind} that can be read: {error}") from error


def joined(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs, where lines were broken by the width of the paper.

    >>> list(joined(["河上旧事", "渡口的船工老张今天收了桨，他说水", "退了以后人还会来。", "第二天船没有开。"]))
    ['河上旧事', '渡口的船工老张今天收了桨，他说水退了以后人还会来。', '第二天船没有开。']
    """
    bare = [line.strip() for line in lines]
    widths = sorted(map(len, filter(None, bare)))
    width = widths[ceil(0.9 * (len(widths) - 1))] if widths else 0
    whole, is_open = "", False
    for line in bare:
        if not line:
            continue
        if whole and is_open:
            gap = "" if _HAN.match(line) or _HAN.match(whole[-1]) else " "
            whole = f"{whole}{gap}{line}"
        else:
            if whole:
                yield whole
            whole = line
        is_open = len(line) >= _FULL * width
    if whole:
        yield whole


_READERS: Final[Mapping[str, Callable[[bytes], Iterator[str]]]] = {
    "pdf": _of_pdf,
    "docx": _of_docx,
    "xlsx": _of_xlsx,
    "ofd": _of_ofd,
}
_ORIGINS: Final = {kind: end for kind, end in ENDS.items() if end in _READERS}
