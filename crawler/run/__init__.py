"""What one crawl holds and does with one page."""
