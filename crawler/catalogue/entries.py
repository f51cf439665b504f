"""PURE: a new entry at the end of a catalogue, whose text before it stays as it is, byte for byte."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Final

from crawler.catalogue.file import RESERVED_NAMES, CatalogueError, is_name, parse_catalogue

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")
_LONGEST: Final = 60


def name_for(title: str, taken: Collection[str]) -> str:
    """A name that a catalogue takes, as near to the title as may be; with a number where it is taken already."""
    plain = _NOT_IN_NAMES.sub("-", title)[:_LONGEST].strip("-.") or "series"
    name = plain if is_name(plain) and plain not in taken else ""
    number = 2
    while not name:
        numbered = f"{plain}-{number}"
        name = numbered if is_name(numbered) and numbered not in {*taken, *RESERVED_NAMES} else ""
        number += 1
    return name


def entry_lines(name: str, values: Mapping[str, str]) -> str:
    """The entry as it stands in the file.

    >>> print(entry_lines("水乡", {"start": "https://news.example/1"}), end="")
    ["水乡"]
    start = "https://news.example/1"
    """
    head = name if _BARE.fullmatch(name) else _quoted(name)
    return "".join([f"[{head}]\n", *(f"{key} = {_quoted(value)}\n" for key, value in values.items())])


def addition(raw: bytes, lines: str, file: str) -> bytes:
    """What is to be written behind a catalogue's bytes so that it has the entry, too.

    Raises:
        CatalogueError: The catalogue cannot be read, before or with it.
    """
    parse_catalogue(raw, file)
    newline = "\r\n" if b"\r\n" in raw else "\n"
    gap = "" if not raw else "\n" if raw.endswith(b"\n") else "\n\n"
    new = (gap + lines).replace("\n", newline).encode()
    if len(parse_catalogue(raw + new, file)) != len(parse_catalogue(raw, file)) + 1:
        raise CatalogueError(f"{file}: the entry could not be added. Write it by hand:\n{lines}")
    return new


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
