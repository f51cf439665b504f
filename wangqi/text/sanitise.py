r"""PURE: what no database should be asked to hold is taken out of a string.

PostgreSQL refuses NUL; a lone surrogate raises UnicodeEncodeError in both drivers; the other control
characters never carry meaning in a story and break terminals, CSV and XML. "\n" and "\t" stay.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

LONGEST_KEY: Final = 200  # characters
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPED: Final = re.compile(r"\\[bfru]")  # how JSON writes those below U+0020


def storable(text: str) -> str:
    r"""The text without NUL, control characters and lone surrogates.

    >>> storable("往\x00期\ud800\n")
    '往期\n'
    """
    return _UNSTORABLE.sub("", text)


def storable_key(text: str) -> str:
    """The same for a name that an index holds: a btree of PostgreSQL refuses entries of more than 2,704 bytes."""
    return storable(text)[:LONGEST_KEY]


def storable_json(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """The same for every string inside; keys become strings, tuples and sets lists, times ISO text at the caller."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): storable_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [storable_json(item) for item in value]
    return value


class Written(str):
    """JSON that `written` has made, which the archive keeps as it is."""

    __slots__ = ()


def written(value: Any) -> Written:  # noqa: ANN401 - a value of any column
    """What `storable_json` answers, as readable text; times and all else as Python prints them.

    Hardly any text has something to be taken out, so it is looked for in the whole, which is four times as fast.
    """
    if isinstance(value, Written):
        return value
    whole = json.dumps(value, ensure_ascii=False, default=_plain)
    if _UNSTORABLE.search(whole) or _ESCAPED.search(whole):
        whole = json.dumps(storable_json(value), ensure_ascii=False, default=str)
    return Written(whole)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    return list(value) if isinstance(value, (set, frozenset)) else str(value)
