"""The archive: tables, transactions, search, exports. Knows SQLAlchemy, and nothing of ours or of Scrapy.

`Archive` is imported when it is first asked for: the processes that read pages need the records only, not a database.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.archive import Archive

__all__ = ["Archive"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - of whatever type the name is
    if name == "Archive":
        from storage.archive import Archive  # noqa: PLC0415 - see above

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
