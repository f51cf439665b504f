"""The archive: tables, transactions, search, exports. Knows SQLAlchemy, and nothing of ours or of Scrapy."""

from storage.archive import Archive

__all__ = ["Archive"]
