"""Parquet: stories as a table for programs that count, with a card that says what the table is."""

import tempfile
from collections.abc import Iterator
from dataclasses import fields
from itertools import islice
from typing import BinaryIO, Final

from storage.exports.chosen import Chosen, ExportError
from storage.exports.fields import NAMES
from storage.rows import StoryRow

_GROUP: Final = 1_000  # rows
_BLOCK: Final = 1 << 20
_MOMENTS: Final = frozenset({"published_at", "first_seen_at"})
_NUMBERS: Final = frozenset({"id", "series_id", "ordinal", "merged_into", "revision_id", "copies", "chars"})
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
}


def write(chosen: Chosen, out: BinaryIO) -> int:
    """Raises `ExportError` where the library of the extra `parquet` is missing."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - of the extra `parquet`
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - of pyarrow, which may be missing
    except ImportError as error:
        advice = "Install the extra `parquet` (pip install 'wangqi[parquet]'), or write .csv or .jsonl"
        raise ExportError(f"Parquet needs a library that is missing. {advice}.") from error
    types = {**dict.fromkeys(_MOMENTS, pa.timestamp("us", tz="UTC")), **dict.fromkeys(_NUMBERS, pa.int64())}
    columns = [pa.field(name, types.get(name, pa.string()), metadata={"about": _ABOUT.get(name, "")}) for name in NAMES]
    schema = pa.schema(columns, metadata={"dataset_card": card(0)})
    count, rows = 0, chosen.stories()
    with ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _GROUP)):
            table = {name: [getattr(row, name) for row in batch] for name in NAMES}
            writer.write_table(pa.table(table, schema=schema))
            count += len(batch)
    return count


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
    lines = "\n".join(f"| `{field.name}` | {_ABOUT.get(field.name, '')} |" for field in fields(StoryRow))
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
