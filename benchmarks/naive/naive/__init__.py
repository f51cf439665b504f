"""The same job done the ordinary way: what a competent person writes in an afternoon with Scrapy, trafilatura and an ORM."""
