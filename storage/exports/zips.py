"""Zip files, which are the same on any day, and whose making takes the same memory however many files are in them.

https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, BinaryIO, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipInfo

Files = Iterator[tuple[str, bytes | Iterator[bytes]]]  # names with `/` between folders, and what is in the files

_PLAIN_FILE: Final = 0o644 << 16
_UNIX: Final = 3  # as it would be by itself on another system
_UTF_8: Final = 0x800  # a name that is not ASCII
_NO_DAY: Final = (0, 0x21)  # 1980-01-01, where zip files begin to count
_BLOCK: Final = 1 << 20  # bytes of a packed file that are held in memory
_PLAIN: Final = 20  # version of the format
_LARGE: Final = 45  # the one that holds more than this, in other fields:
_TOO_LARGE, _TOO_MANY = 0xFFFFFFFF, 0xFFFF
_ELSEWHERE: Final = 0xFFFFFFFF  # what the field says then


def entry(name: str, how: int = ZIP_DEFLATED) -> ZipInfo:
    """An entry of no day, which whoever unpacks it may read."""
    made = ZipInfo(name)
    made.compress_type = how
    made.external_attr = _PLAIN_FILE
    made.create_system = _UNIX
    return made


def pieces(content: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content


def write_zip(files: Files, out: BinaryIO) -> None:
    with zipped(out) as made:
        for name, content in files:
            made.add(name, content)


@contextmanager
def zipped(out: BinaryIO) -> Iterator["Zip"]:
    """A zip that is whole when the block ends, from the position of `out` on and without seeking back.

    The list of files that stands at its end is on disk meanwhile: `zipfile` holds a kilobyte of memory a file.
    """
    with TemporaryFile("w+b") as lines:
        made = Zip(out, lines)
        yield made
        made.end()


class Zip:
    """Takes files; see `zipped`."""

    def __init__(self, out: BinaryIO, lines: IO[bytes]) -> None:
        self._out = out
        self._lines = lines
        self._place = 0
        self._count = 0

    def add(self, name: str, content: bytes | Iterable[bytes], how: int = ZIP_DEFLATED) -> None:
        """A file, packed, or as it is by `ZIP_STORED`."""
        packing = zlib.compressobj(wbits=-zlib.MAX_WBITS) if how == ZIP_DEFLATED else None
        crc, size = 0, 0
        with SpooledTemporaryFile(_BLOCK, "w+b") as packed:
            for piece in pieces(content):
                crc, size = zlib.crc32(piece, crc), size + len(piece)
                packed.write(packing.compress(piece) if packing else piece)
            packed.write(packing.flush() if packing else b"")
            one = _Entry(name.encode(), how, crc, packed.tell(), size, self._place)
            packed.seek(0)
            for piece in chain([one.head()], _blocks(packed)):
                self._put(piece)
        self._lines.write(one.line())
        self._count += 1

    def end(self) -> None:
        """Writes the list."""
        begins = self._place
        self._lines.seek(0)
        for piece in _blocks(self._lines):
            self._put(piece)
        count, size, ends = self._count, self._place - begins, self._place
        if count >= _TOO_MANY or max(size, begins) >= _TOO_LARGE:
            large = (44, _UNIX << 8 | _LARGE, _LARGE, 0, 0, count, count, size, begins)
            self._put(struct.pack("<4sQ2H2L4Q", b"PK\6\6", *large))
            self._put(struct.pack("<4sLQL", b"PK\6\7", 0, ends, 1))
        told = min(count, _TOO_MANY)
        self._put(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, told, told, _shown(size), _shown(begins), 0))

    def _put(self, piece: bytes) -> None:
        self._out.write(piece)
        self._place += len(piece)


class _Entry(NamedTuple):
    """A file in a zip; `place` is where its head begins."""

    name: bytes
    how: int
    crc: int
    packed: int
    size: int
    place: int

    def head(self) -> bytes:
        """What stands before its bytes."""
        is_large = max(self.packed, self.size) >= _TOO_LARGE
        more = struct.pack("<2H2Q", 1, 16, self.size, self.packed) if is_large else b""
        sizes = (_ELSEWHERE, _ELSEWHERE) if is_large else (self.packed, self.size)
        begins = (_LARGE if is_large else _PLAIN, self._flags, self.how, *_NO_DAY, self.crc, *sizes)
        return struct.pack("<4s5H3L2H", b"PK\3\4", *begins, len(self.name), len(more)) + self.name + more

    def line(self) -> bytes:
        """What stands in the list."""
        facts = (self.size, self.packed, self.place)  # those that are too large stand behind the name, in this order
        large = [one for one in facts if one >= _TOO_LARGE]
        more = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
        size, packed, place = map(_shown, facts)
        version = _LARGE if large else _PLAIN
        begins = (_UNIX << 8 | version, version, self._flags, self.how, *_NO_DAY, self.crc, packed, size)
        ends = (len(self.name), len(more), 0, 0, 0, _PLAIN_FILE, place)
        return struct.pack("<4s6H3L5H2L", b"PK\1\2", *begins, *ends) + self.name + more

    @property
    def _flags(self) -> int:
        return 0 if self.name.isascii() else _UTF_8


def _shown(number: int) -> int:
    return number if number < _TOO_LARGE else _ELSEWHERE


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(_BLOCK), b"")
