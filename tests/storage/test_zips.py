"""Zip files that others read, however many and however large what is in them."""

import io
import zipfile
from collections.abc import Iterator

import pytest

from storage.exports import zips
from storage.exports.zips import Files, write_zip, zipped


def made(files: Files) -> zipfile.ZipFile:
    out = io.BytesIO()
    write_zip(files, out)
    return zipfile.ZipFile(out)


def test_what_is_put_in_comes_out() -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"one ", b"", b"two")

    with made(iter([("a/渡口.md", "河上旧事".encode() * 999), ("b", pieces()), ("empty", b"")])) as read:
        assert read.testzip() is None
        assert read.namelist() == ["a/渡口.md", "b", "empty"]
        assert (read.read("a/渡口.md").decode(), read.read("b")) == ("河上旧事" * 999, b"one two")
        assert {one.date_time for one in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.external_attr >> 16 for one in read.infolist()} == {0o644}


def test_more_files_than_the_first_form_counts() -> None:
    count = 0x10000 + 3
    with made((f"{number}", b"%d" % number) for number in range(count)) as read:
        assert len(read.namelist()) == count
        assert read.read(f"{count - 1}") == b"%d" % (count - 1)


@pytest.mark.parametrize("largest", [0, 100, 700])
def test_larger_files_than_the_first_form_holds(monkeypatch: pytest.MonkeyPatch, largest: int) -> None:
    """As if its fields held no more than so much."""
    monkeypatch.setattr(zips, "_TOO_LARGE", largest)
    bodies = {f"{number}": bytes([number]) * 300 for number in range(3)}
    out = io.BytesIO()
    with zipped(out) as packing:
        for name, body in bodies.items():
            packing.add(name, body, zipfile.ZIP_STORED)
    with zipfile.ZipFile(out) as read:
        assert {name: read.read(name) for name in read.namelist()} == bodies
        assert b"PK\6\6" in out.getvalue()
