"""The lists of sentences in other languages: files of gettext's form (PO), read without its tools."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_KEYS: Final = ("msgid ", "msgid_plural ", "msgstr ", "msgstr[0] ")


@cache
def entries(name: str) -> Mapping[str, str]:
    """What `locale/NAME.po` has for each sentence. Of so many things there is one form in Chinese."""
    found: dict[str, str] = {}
    for part in files("views.language").joinpath(f"locale/{name}.po").read_text("utf-8").split("\n\n"):
        told = dict(_fields(part))
        if told.get("msgid"):  # else it is the head of the file, or a remark
            found[told["msgid"]] = told.get("msgstr") or told.get("msgstr[0]", "")
    return found


def _fields(part: str) -> Iterator[tuple[str, str]]:
    """Of one entry: a key with the texts behind it and below it."""
    key, text = "", ""
    for line in part.splitlines():
        begun = next((one for one in _KEYS if line.startswith(one)), None)
        if begun:
            if key:
                yield key, text
            key, text = begun.strip(), json.loads(line.removeprefix(begun))
        elif line.startswith('"'):
            text += json.loads(line)
    yield key, text
