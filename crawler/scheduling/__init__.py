"""When each series is crawled, and by which process."""
