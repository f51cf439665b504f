"""The one list of what can be handed over: a new format is a module beside this one, and a line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal

from storage.archive import Archive
from storage.exports import archive_lines, bagit, csl_json, csv_table, json_lines, parquet
from storage.exports.books import atom, epub, html_page, markdown
from storage.exports.captures import wacz, warc
from storage.exports.chosen import Chosen, Selection
from storage.exports.whole_file import whole_folder, whole_path
from storage.exports.zips import Files, pieces, write_zip

Of = Literal["stories", "captures", "entries", "texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form in which stories leave the archive.

    The same archive gives the same bytes. No clock is asked, and whatever has to have a time has one of the archive's.

    Attributes:
        name: By which `--format` knows it.
        suffixes: Ends of the names of its files, without the point; the first is its own.
        of: What is counted: `stories`, `captures` (the bytes that pages brought), `entries` of a feed, or `texts` of
            pages.
        media_type: As a web server names it.
        about: What it is for, in some words.
        write: Writes what is chosen into a file that is open for bytes, from its position on and without seeking back;
            answers how many stories (captures, entries) these were. The file stays open.
        is_of_series: It holds one series, which has to be named where the archive has several.
        files: Of a form that is a folder, its files; `write` makes a zip of them.
    """

    name: str
    suffixes: tuple[str, ...]
    of: Of = "stories"
    media_type: str
    about: str
    write: Callable[[Chosen, BinaryIO], int]
    is_of_series: bool = False
    files: Callable[[Chosen], Files] | None = None


def _folder(name: str, suffix: str, about: str, files: Callable[[Chosen], Files]) -> Format:
    def write(chosen: Chosen, out: BinaryIO) -> int:
        write_zip(files(chosen), out)
        return chosen.count()

    return Format(name=name, suffixes=(suffix,), media_type="application/zip", about=about, write=write, files=files)


_LIST: Final = (
    Format(
        name="jsonl",
        suffixes=("jsonl", "ndjson"),
        media_type="application/x-ndjson",
        about="one JSON object a line",
        write=json_lines.write,
    ),
    Format(
        name="csv",
        suffixes=("csv",),
        media_type="text/csv; charset=utf-8",
        about="a table for spreadsheets",
        write=csv_table.write,
    ),
    Format(
        name="parquet",
        suffixes=("parquet",),
        media_type="application/vnd.apache.parquet",
        about="a table for programs that count",
        write=parquet.write,
    ),
    _folder("dataset", "dataset.zip", "that table and a card that describes it, in a folder", parquet.files),
    Format(
        name="csl-json",
        suffixes=("csl.json",),
        media_type="application/vnd.citationstyles.csl+json",
        about="for reference managers",
        write=csl_json.write,
    ),
    _folder("markdown", "md.zip", "a text file a story, in a folder", markdown.files),
    Format(
        name="html",
        suffixes=("html",),
        media_type="text/html; charset=utf-8",
        about="one page to read or print",
        write=html_page.write,
    ),
    Format(
        name="epub",
        suffixes=("epub",),
        media_type="application/epub+zip",
        about="a series as a book",
        write=epub.write,
        is_of_series=True,
    ),
    Format(
        name="atom",
        suffixes=("atom", "atom.xml"),
        of="entries",
        media_type="application/atom+xml",
        about="the news of a series as a feed",
        write=atom.write,
        is_of_series=True,
    ),
    Format(
        name="warc",
        suffixes=("warc.gz",),
        of="captures",
        media_type="application/warc",
        about="what pages brought, for web archives and `crawl -a warc=`",
        write=warc.write,
    ),
    Format(
        name="wacz",
        suffixes=("wacz",),
        of="captures",
        media_type="application/wacz",
        about="the same with its index, to be replayed in a browser",
        write=wacz.write,
    ),
    Format(
        name="archive",
        suffixes=("wangqi.jsonl",),
        of="texts",
        media_type="application/x-ndjson",
        about="all that is known beside the bytes of pages, for `import`",
        write=archive_lines.write,
    ),
)
_BUFFER: Final = 1 << 20  # bytes; by the default of 8 KiB, every other story is a system call
FORMATS: Final[Mapping[str, Format]] = {form.name: form for form in _LIST}


def format_of(name: str) -> Format | None:
    """The format that a file of this name has; the longest suffix decides."""
    ends = [(suffix, form) for form in _LIST for suffix in form.suffixes if name.lower().endswith(f".{suffix}")]
    return max(ends, key=lambda end: len(end[0]))[1] if ends else None


def write(form: Format, archive: Archive, selection: Selection, out: BinaryIO) -> int:
    """Writes what is selected into a file that is open for bytes; answers as `Format.write`.

    Raises:
        ExportError: when this format cannot hold the selection; nothing has been written then.
    """
    return form.write(Chosen(archive=archive, selection=selection), out)


def export(form: Format, chosen: Chosen, path: Path, *, replaces: bool = False, in_bag: bool = False) -> int:
    """Writes what is chosen to a file, or a folder, which appears whole or not at all; answers as `Format.write`.

    Whoever is killed on the way leaves nothing of that name, and beside it what the next export takes away: it begins
    anew, and gives the same bytes. A form that is a folder becomes one, unless the name ends as its zip does.

    Args:
        form: One of `FORMATS`.
        chosen: What is handed over.
        path: The name that it takes when it is whole.
        replaces: What has this name gives way then.
        in_bag: It becomes a folder by the rules of BagIt, with the export and its digests in it.

    Raises:
        ExportError: as `write`. `FileExistsError`: something of that name is there, and is left alone.
        OSError: when it cannot be written; what had that name is then untouched.
    """
    if in_bag:
        with whole_folder(path, replaces=replaces) as bag:
            data = bag / "data"
            data.mkdir()
            name = f"{path.name}.{form.suffixes[0]}"
            count = _fill(data, form, chosen) if form.files else _write(data / name, form, chosen)
            bagit.seal(bag, f"{form.name}: {form.about}")
            return count
    if form.files and format_of(path.name) is not form:
        with whole_folder(path, replaces=replaces) as folder:
            return _fill(folder, form, chosen)
    with whole_path(path, replaces=replaces) as temporary:
        return _write(temporary, form, chosen)


def _write(path: Path, form: Format, chosen: Chosen) -> int:
    with path.open("wb", buffering=_BUFFER) as file:
        return form.write(chosen, file)


def _fill(folder: Path, form: Format, chosen: Chosen) -> int:
    assert form.files is not None
    for name, content in form.files(chosen):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            out.writelines(pieces(content))
    return chosen.count()
