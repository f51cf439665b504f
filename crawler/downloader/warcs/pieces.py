"""Where in a file its WARC records stand: from end to end, or, of a WACZ, in the pieces that its zip holds unpacked."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile

_ZIP: Final = b"PK\x03\x04"
# APPNOTE.TXT of PKWARE, 4.3.7: the lengths of an entry's name and of what follows it.
_LENGTHS: Final = struct.Struct("<26x2H")


class Piece:
    """A part of a file to be read as a file of its own, which tells its place in the whole one."""

    def __init__(self, file: BinaryIO, start: int, end: int | None) -> None:
        self._file, self._at, self._end = file, start, end

    def read(self, size: int = -1) -> bytes:
        if self._end is not None:
            left = self._end - self._at
            size = left if size < 0 else min(size, left)
        self._file.seek(self._at)
        read = self._file.read(size)
        self._at += len(read)
        return read

    def tell(self) -> int:
        return self._at

    def seek(self, place: int) -> None:
        self._at = place


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """The WARCs of a file.

    Raises:
        ValueError: It is a zip, and one that is cut or holds no WARC that can be read where it stands.
    """
    if file.read(len(_ZIP)) != _ZIP:
        file.seek(0)
        yield Piece(file, 0, None)
        return
    try:
        entries = ZipFile(file).infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise ValueError(f"it is a zip that is cut or damaged ({error}): copy it once more") from error
    found = [one for one in entries if one.filename.startswith("archive/") and ".warc" in one.filename]
    if not found:
        raise ValueError("it is a zip and no WACZ: there is no WARC in its folder archive/")
    for one in found:
        if one.compress_type != ZIP_STORED:
            raise ValueError(f"its {one.filename} is packed once more: unpack it, and name the WARC")
        file.seek(one.header_offset)
        head = file.read(_LENGTHS.size)
        start = one.header_offset + _LENGTHS.size + sum(_LENGTHS.unpack(head)) if len(head) == _LENGTHS.size else 0
        yield Piece(file, start, start + one.compress_size)
