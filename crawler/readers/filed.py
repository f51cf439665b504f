"""PURE: pages whose story is a file: they have a title, a date, and hardly a word beside the way to it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from crawler.extraction.model import MEDIA, Block, Extraction
from crawler.extraction.page import stripped
from crawler.extraction.parts.documents import Assembly, Document, Part
from crawler.extraction.story.blocks import text_of_blocks
from crawler.readers.files import FileError, may_be_read, paragraphs_of
from wangqi.urls import canonical_or_none

_OWN_WORDS: Final = 60  # characters beside the file's name; who says more tells a story, and attaches files to it

_TOLD_ELSEWHERE: Final = frozenset({"told_in_document", "short"})


def file_of(page: Extraction) -> str | None:
    """The canonical URL of the file that is the page's story, or None."""
    if page.kind not in {"story", "other"} or not page.title or (page.kind == "other" and page.published is None):
        return None
    own = sum(len(block.text) for block in page.blocks if block.kind not in MEDIA)
    files = [block.url for block in page.blocks if block.kind == "document" and block.url and may_be_read(block.url)]
    return canonical_or_none(files[0]) if files and own <= _OWN_WORDS else None


def filed(page: Extraction, url: str, documents: Mapping[str, Document]) -> tuple[Extraction, Assembly]:
    """The page with the text of its file as its body; one whose file holds none stays what it was, with its flaw."""
    document = documents.get(url)
    if document is None:
        return stripped(page), Assembly(wanted=(url,))
    if document.source is None and not document.is_refused:
        return stripped(page), Assembly(parts=(Part(role="file", url=url, lacks=document.reason),))
    lines = _lines(document)
    warnings = tuple(word for word in page.warnings if word not in _TOLD_ELSEWHERE)
    if isinstance(lines, str):
        evidence = f"{page.evidence}; the file {url} was not read: {lines}"
        return stripped(replace(page, evidence=evidence, warnings=(*warnings, "told_in_document"))), Assembly()
    blocks = (*page.blocks, *(Block(kind="paragraph", text=line) for line in lines))
    evidence = f"a title, and its text in the file {url}"
    told = replace(page, kind="story", evidence=evidence, blocks=blocks, text=text_of_blocks(blocks), warnings=warnings)
    return told, Assembly(parts=(Part(role="file", url=url),))


def _lines(document: Document) -> list[str] | str:
    """Its paragraphs, or why it has none."""
    if document.source is None:
        return document.reason
    try:
        return paragraphs_of(document.source.body)
    except FileError as error:
        return str(error)
