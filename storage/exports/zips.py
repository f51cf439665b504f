"""Zip files, which are the same on any day."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Files = Iterator[tuple[str, bytes | Iterator[bytes]]]  # names with `/` between folders, and what is in the files

_PLAIN_FILE: Final = 0o644 << 16
_UNIX: Final = 3


def entry(name: str, how: int = ZIP_DEFLATED) -> ZipInfo:
    """An entry of no day, which whoever unpacks it may read."""
    made = ZipInfo(name)  # of 1980-01-01, where zip files begin to count
    made.compress_type = how
    made.external_attr = _PLAIN_FILE
    made.create_system = _UNIX  # as it would be by itself on another system
    return made


def write_zip(files: Files, out: BinaryIO) -> None:
    with ZipFile(out, "w") as made:
        for name, content in files:
            with made.open(entry(name), "w", force_zip64=True) as file:
                for piece in pieces(content):
                    file.write(piece)


def pieces(content: bytes | Iterator[bytes]) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content
