"""Everything that knows Scrapy's engine: catalogue, spider, downloader guards, extraction, commands."""
