"""The sentence about parts that nobody would name: it outlives a reading of the page that it stands by."""

from typing import Final

MARKER: Final = "beyond its known ends: "
