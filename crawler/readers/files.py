"""The text of files that stand in the place of a page's body: PDF and DOCX. Pure, and for a process of its own."""

import io
import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from math import ceil
from typing import Final
from zipfile import BadZipFile, ZipFile

from lxml import etree

_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
_MOST_PAGES: Final = 500
_MOST_CHARACTERS: Final = 2_000_000
_MOST_BYTES: Final = 64 * 2**20  # of one file in a DOCX, unpacked
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FULL: Final = 0.85  # of the width of a page, from which on a line goes on in the next one
_HAN: Final = re.compile(r"[\u3400-\u9fff，。；：、！？“”‘’（）《》]")
_ADDRESS: Final = re.compile(r"\.(?:pdf|docx)(?:$|[?#])", re.IGNORECASE)


class FileError(ValueError):
    """Raised when a file holds no text that can be read; its message says why."""


def may_be_read(url: str) -> bool:
    """Whether an address is of a file whose text can be had here."""
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
        for number in range(min(len(document), _MOST_PAGES)):
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
    try:
        with ZipFile(io.BytesIO(body)) as packed:
            if packed.getinfo("word/document.xml").file_size > _MOST_BYTES:
                raise FileError(f"it is a DOCX of more than {_MOST_BYTES:,} bytes unpacked")
            with packed.open("word/document.xml") as file:
                written = file.read(_MOST_BYTES + 1)
        if len(written) > _MOST_BYTES:
            raise FileError(f"it is a DOCX of more than {_MOST_BYTES:,} bytes unpacked")
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        tree = etree.fromstring(written, parser)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, etree.XMLSyntaxError) as error:
        raise FileError(f"it is no DOCX that can be read: {error}") from error
    for paragraph in tree.iter(f"{_WORD}p"):
        yield "".join(part.text or "" for part in paragraph.iter(f"{_WORD}t")).strip()


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
