"""Bytes of a page in, a reading of it out. Pure: no network, no clock, no settings."""

from crawler.extraction.model import Block, Credit, Extraction, FoundDate, SeriesLink
from crawler.extraction.page import extract_page

__all__ = ["Block", "Credit", "Extraction", "FoundDate", "SeriesLink", "extract_page"]
