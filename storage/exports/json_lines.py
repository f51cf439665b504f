"""JSON Lines: one story a line, UTF-8."""

from json import JSONEncoder
from typing import BinaryIO, Final

from storage.exports.chosen import Chosen
from storage.exports.fields import plain

_encode: Final = JSONEncoder(ensure_ascii=False).encode


def write(chosen: Chosen, out: BinaryIO) -> int:
    number = 0
    for number, (story, files) in enumerate(chosen.filed(), 1):  # noqa: B007 - the count is the answer
        out.write((_encode(plain(story, files)) + "\n").encode())
    return number
