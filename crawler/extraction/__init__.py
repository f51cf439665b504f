"""Bytes of a page in, a reading of it out. Pure: no network, no clock, no settings.

`extract_page` is imported when it is first asked for: the crawler's own process needs the records only, and trafilatura
would keep it from its first request for a third of a second.
"""

from typing import TYPE_CHECKING, Any

from crawler.extraction.model import Block, Credit, Extraction, FoundDate, SeriesLink

if TYPE_CHECKING:
    from crawler.extraction.page import extract_page

__all__ = ["Block", "Credit", "Extraction", "FoundDate", "SeriesLink", "extract_page"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - of whatever type the name is
    if name == "extract_page":
        from crawler.extraction.page import extract_page  # noqa: PLC0415 - see above

        return extract_page
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
