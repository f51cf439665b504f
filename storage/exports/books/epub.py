"""EPUB 3.3: a series as a book, with its contents and notes on what of it is missing.

https://www.w3.org/TR/epub-33/
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_STORED

from storage.exports.books.xhtml import STYLE, link, story_of, text
from storage.exports.chosen import Chosen, ids_of
from storage.exports.zips import Zip, zipped
from storage.rows import FileRow, HandedStory, LedgerEntry, SeriesRow
from wangqi.readings.files import name_of

_CUT: Final = "\f"  # stands in no XML
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CONTAINER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
_PAGE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{language}" xml:lang="{language}">
<head><meta charset="utf-8"/><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""
_PACKAGE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
{more}<meta property="dcterms:modified">{modified:%Y-%m-%dT%H:%M:%SZ}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}
</manifest>
<spine>
{spine}
</spine>
</package>
"""


def write(chosen: Chosen, out: BinaryIO) -> int:
    """One chapter a story, in the order of the series.

    Raises:
        ExportError: There is more than one series, and none is named; or no story.
    """
    series = chosen.one_series()
    chosen = chosen.of_series(series.id)
    ids, missing = _line_of(chosen) if chosen.selection.is_whole else (None, [])
    with zipped(out) as made, TemporaryFile("w+b") as contents, TemporaryFile("w+b") as items:
        made.add("mimetype", b"application/epub+zip", ZIP_STORED)
        made.add("META-INF/container.xml", _CONTAINER.encode())
        made.add("EPUB/style.css", STYLE.encode())
        book = _Book(chosen, made, series, _Lists(contents, items))
        for handed in chosen.handed(ids):
            book.add(handed)
        count = len(book.chapters)
        book.tell_missing(missing)
        book.finish()
    return count


def _line_of(chosen: Chosen) -> tuple[Sequence[int], Sequence[LedgerEntry]]:
    """The ids of the stories in their order, and what is missing; the line of a long series is gone by then."""
    line = chosen.line()
    return ids_of(line), [one for one in line if isinstance(one, LedgerEntry)]


class _Lists(NamedTuple):
    """What stands in the contents, and in the list of files, a line a chapter; on disk until the last is known."""

    contents: IO[bytes]
    items: IO[bytes]


class _Book:
    def __init__(self, chosen: Chosen, made: Zip, series: SeriesRow, lists: _Lists) -> None:
        self._chosen = chosen
        self._zip = made
        self._series = series
        self._lists = lists
        self._title = series.title or series.name
        self._modified = _LONG_AGO
        self._languages: Counter[str] = Counter()
        self._pictures: dict[str, str] = {}
        self.chapters: list[str] = []

    def add(self, handed: HandedStory) -> None:
        story = handed.story
        language = story.language or "zh"
        self._languages[language] += 1
        self._modified = max(self._modified, handed.fetched_at or story.first_seen_at)
        name = f"s{len(self.chapters) + 1:05}"
        self._page(name, story.title, story_of(handed, 1, self._shown), language)

    def _shown(self, picture: FileRow) -> str:
        """The name of a picture, which is in the book once."""
        assert picture.sha256 is not None
        name = f"pictures/{name_of(picture.sha256, picture.media_type)}"
        if name not in self._pictures:
            self._pictures[name] = picture.media_type or ""
            self._zip.add(f"EPUB/{name}", self._chosen.body(picture.sha256, picture.url), ZIP_STORED)
        return name

    def tell_missing(self, entries: Sequence[LedgerEntry]) -> None:
        """A last chapter with every story that is known of and not held, and why."""
        if not entries:
            return
        lines = "\n".join(f"<li>{_of_missing(one)}</li>" for one in entries)
        words = f"{len(entries)} stories of this series are known of and not held:"
        body = f'<h1>What is missing</h1>\n<p>{words}</p>\n<ul class="lacking">\n{lines}\n</ul>'
        self._page("missing", "What is missing", body, "en")

    def finish(self) -> None:
        language = self._languages.most_common(1)[0][0] if self._languages else "zh"
        if not self.chapters:
            self._page("empty", self._title, f"<h1>{text(self._title)}</h1><p>No story of it is held.</p>", language)
        head = f'<nav epub:type="toc" id="toc"><h1>{text(self._title)}</h1>\n<ol>\n'
        page = _PAGE.format(title=text(self._title) or "…", body=f"{head}{_CUT}</ol></nav>", language=text(language))
        self._lists.contents.seek(0)
        self._stream("nav.xhtml", page, [self._lists.contents])
        package = _PACKAGE.format(
            identifier=uuid5(NAMESPACE_URL, self._series.name),
            title=text(self._title),
            language=text(language),
            more=f"<dc:publisher>{text(self._series.publisher)}</dc:publisher>\n" if self._series.publisher else "",
            modified=self._modified.astimezone(UTC),
            items=_CUT,
            spine=_CUT,
        )
        for number, (name, kind) in enumerate(self._pictures.items(), 1):
            self._lists.items.write(f'<item id="p{number}" href="{name}" media-type="{kind}"/>\n'.encode())
        spine = (f'<itemref idref="{name}"/>\n'.encode() for name in self.chapters)
        self._lists.items.seek(0)
        self._stream("package.opf", package, [self._lists.items, spine])

    def _stream(self, name: str, frame: str, lists: Sequence[Iterable[bytes]]) -> None:
        """A file whose frame is cut where the lists belong."""
        first, *others = frame.split(_CUT)
        behind = ([other.removeprefix("\n").encode()] for other in others)
        told = chain.from_iterable(zip(lists, behind, strict=True))
        self._zip.add(f"EPUB/{name}", chain([first.encode()], chain.from_iterable(told)))

    def _page(self, name: str, title: str, body: str, language: str) -> None:
        page = _PAGE.format(title=text(title) or "…", body=body, language=text(language))
        self._zip.add(f"EPUB/{name}.xhtml", page.encode())
        self._lists.contents.write(f'<li><a href="{name}.xhtml">{text(title)}</a></li>\n'.encode())
        item = f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>\n'
        self._lists.items.write(item.encode())
        self.chapters.append(name)


def _of_missing(one: LedgerEntry) -> str:
    name = text(one.title or f"No. {one.ordinal}")
    where = f" ({link(one.url, one.url)})" if one.url else ""
    return f"{name}{where}: {text(one.reason or one.state)}"
