"""The lists of `words.toml`, ready to match with."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

# Letters behind which no sign says that the last of them may be missing.
_PLAIN_BEGINNING = re.compile(r"(?:[\w ](?![?*{]))*")
_LISTS = tomllib.loads(files("crawler.extraction").joinpath("words.toml").read_text("utf-8"))


def alternatives(table: str, name: str) -> str:
    """The lines of a list as one group of a regular expression."""
    return "(?:" + "|".join(_LISTS[table][name]) + ")"


def words(table: str, name: str) -> frozenset[str]:
    """The blank-separated words of an entry."""
    return frozenset(_LISTS[table][name].split())


def roles() -> dict[str, str]:
    """Every label to the role of the name behind it."""
    return {word: role for role, text in _LISTS["roles"].items() for word in text.split()}


def openings(table: str, name: str) -> tuple[str, ...]:
    """The plain letters that each alternative of a list begins with; where none stands in a text, no pattern fits it.

    Looking for a word is many times faster than trying a pattern at each place of a text.
    """
    beginnings = (_PLAIN_BEGINNING.match(each) for line in _LISTS[table][name] for each in _parted(line))
    found = tuple(dict.fromkeys(begin.group().lower() for begin in beginnings if begin))
    assert all(found), f"an alternative of {name} begins with no plain letter"
    return found


def _parted(line: str) -> list[str]:
    """A line of a list at the bars that stand in no brackets."""
    depth, parts = 0, [""]
    for sign in line:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def table(name: str, entry: str) -> Mapping[str, Any]:
    """An entry that is itself a table."""
    found: Mapping[str, Any] = _LISTS[name][entry]
    return found


def sentence(table: str, name: str) -> re.Pattern[str]:
    """The list as a pattern that may stand anywhere and in any case."""
    return re.compile(alternatives(table, name), re.IGNORECASE)
