"""The lists of `words.toml`, ready to match with."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

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


def table(name: str, entry: str) -> Mapping[str, Any]:
    """An entry that is itself a table."""
    found: Mapping[str, Any] = _LISTS[name][entry]
    return found


def sentence(table: str, name: str) -> re.Pattern[str]:
    """The list as a pattern that may stand anywhere and in any case."""
    return re.compile(alternatives(table, name), re.IGNORECASE)
