"""JSON Lines: one story a line, UTF-8."""

from json import JSONEncoder
from typing import BinaryIO, Final

from storage.exports.chosen import Chosen
from storage.exports.fields import plain

_encode: Final = JSONEncoder(ensure_ascii=False, check_circular=False).encode


def write(chosen: Chosen, out: BinaryIO) -> int:
    number = 0
    for number, (facts, files) in enumerate(chosen.filed(), 1):  # noqa: B007 - the count is the answer
        out.write((_encode(plain(facts, files)) + "\n").encode())
    return number
