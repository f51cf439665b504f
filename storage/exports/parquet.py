"""Parquet: stories as a table for programs that count, with a card that says what the table is."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Final, TypeAlias

from storage.exports.chosen import Chosen, ExportError
from storage.exports.fields import CHARS, FACTS, FILES, plain_file
from storage.rows import FileRow

NAMES: Final = (*FACTS, FILES)

_ROWS: Final = 1_000  # of a group, or as many as have
_CHARS: Final = 500_000  # together
_BLOCK: Final = 1 << 20
_MOMENTS: Final = frozenset({"published_at", "first_seen_at"})
_NUMBERS: Final = frozenset({"id", "series_id", "ordinal", "merged_into", "revision_id", "copies", "chars"})
_ALIKE: Final = ["series_id", "series", "series_title", "author", "source", "status", "language"]
_COUNTED: Final = [*_NUMBERS, *_MOMENTS]
_SIZE: Final = "size"
_OF_FILE: Final = {
    "kind": "image or document",
    "url": "as the page has it",
    "caption": "of a picture the words below it, of an attachment those of its link",
    "credit": "who made it, as the caption says",
    "media_type": "by its bytes",
    _SIZE: "in bytes",
    "sha256": "of its bytes, which a WARC, a book or a folder of Markdown holds",
    "missing": "why the archive does not hold it; null of one that it holds",
    "words": "what a program has seen in the picture, maybe wrongly; null where none was looked for, or seen",
}
_ABOUT: Final = {
    "id": "number of the story in the archive",
    "series_id": "number of its series",
    "series": "name of its series",
    "series_title": "what people call the series",
    "title": "as its page prints it",
    "ordinal": "its number in the series",
    "author": "names, as the page prints them",
    "source": "who published it first, by its page",
    "published_at": "when it was published, UTC",
    "published_precision": "how much of that the page prints: year, month, day, minute, second",
    "published_source": "where the date was found",
    "status": "ok, or only_tampered_copies where every copy shows signs of tampering",
    "first_seen_at": "when the archive first held it, UTC",
    "url": "of the page whose text stands for it",
    "copies": "how many pages carry it",
    "text": "one paragraph a line",
    FILES: "its pictures and attachments, in the order of the page: " + ", ".join(_OF_FILE),
}
_Filed: TypeAlias = tuple[tuple[Any, ...], Sequence[FileRow]]


def write(chosen: Chosen, out: BinaryIO) -> int:
    """Raises `ExportError` where the library of the extra `parquet` is missing."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - of the extra `parquet`
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - of pyarrow, which may be missing
    except ImportError as error:
        advice = "Install the extra `parquet` (pip install 'wangqi[parquet]'), or write .csv or .jsonl"
        raise ExportError(f"Parquet needs a library that is missing. {advice}.") from error
    types = {**dict.fromkeys(_MOMENTS, pa.timestamp("us", tz="UTC")), **dict.fromkeys(_NUMBERS, pa.int64())}
    file = pa.struct([pa.field(name, pa.int64() if name == _SIZE else pa.string()) for name in _OF_FILE])
    types |= {FILES: pa.list_(file)}
    columns = [pa.field(name, types.get(name, pa.string()), metadata={"about": _ABOUT.get(name, "")}) for name in NAMES]
    schema = pa.schema(columns, metadata={"dataset_card": card(0)})
    count, pool = 0, pa.default_memory_pool()
    # A dictionary of values is held for each column of a group: where no two are alike it costs memory alone.
    with ParquetWriter(out, schema, compression="zstd", use_dictionary=_ALIKE, write_statistics=_COUNTED) as writer:
        for group in _groups(chosen.filed()):
            values = zip(*(facts for facts, _ in group), strict=True)
            table: dict[str, Sequence[Any]] = dict(zip(FACTS, values, strict=True))
            table[FILES] = [[plain_file(file) for file in shown] for _, shown in group]
            writer.write_table(pa.table(table, schema=schema))
            pool.release_unused()
            count += len(group)
    return count


def _groups(rows: Iterable[_Filed]) -> Iterator[list[_Filed]]:
    """As many as are written at once, so that memory does not grow with their texts."""
    group: list[_Filed] = []
    chars = 0
    for row in rows:
        group.append(row)
        chars += row[0][CHARS] + sum(len(file.seen or "") for file in row[1])
        if len(group) >= _ROWS or chars >= _CHARS:
            yield group
            group, chars = [], 0
    if group:
        yield group


def files(chosen: Chosen) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    """A data set as Hugging Face and others lay it out: the table, and its card as README.md."""
    with tempfile.TemporaryFile() as made:
        count = write(chosen, made)
        made.seek(0)
        yield "data/stories.parquet", iter(lambda: made.read(_BLOCK), b"")
    yield "README.md", card(count).encode()


def card(count: int) -> str:
    """What the table is, in Markdown with front matter; of 0 without saying how many rows it has."""
    size = f"\n{count} stories.\n" if count else ""
    told = {name: _ABOUT.get(name, "") for name in NAMES}
    told |= {f"{FILES}[].{name}": about for name, about in _OF_FILE.items()}
    lines = "\n".join(f"| `{name}` | {about} |" for name, about in told.items())
    return f"""---
language: [zh]
tags: [news, archive, wangqi]
configs:
- config_name: default
  data_files: data/stories.parquet
---

# Stories of article series

Archived by Wangqi: one row a story, with the text that stands for it.
{size}
The texts belong to their authors and publishers; who uses them asks what the law of the place allows.

| column | holds |
|---|---|
{lines}
"""
