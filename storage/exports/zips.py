"""Entries of zip files, which are the same on any day."""

from typing import Final
from zipfile import ZIP_DEFLATED, ZipInfo

_PLAIN_FILE: Final = 0o644 << 16
_UNIX: Final = 3


def entry(name: str, how: int = ZIP_DEFLATED) -> ZipInfo:
    """An entry of no day, which whoever unpacks it may read."""
    made = ZipInfo(name)  # of 1980-01-01, where zip files begin to count
    made.compress_type = how
    made.external_attr = _PLAIN_FILE
    made.create_system = _UNIX  # as it would be by itself on another system
    return made
