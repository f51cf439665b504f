"""The archive: tables, transactions, search, exports. Knows SQLAlchemy, and nothing of ours or of Scrapy."""
