r"""PURE: what no database should be asked to hold is taken out of a string.

PostgreSQL refuses NUL; a lone surrogate raises UnicodeEncodeError in both drivers; the other control
characters never carry meaning in a story and break terminals, CSV and XML. "\n" and "\t" stay.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

LONGEST_KEY: Final = 200  # characters
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


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
