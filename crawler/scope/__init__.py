"""Which pages a crawl visits."""
