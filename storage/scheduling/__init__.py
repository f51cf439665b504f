"""What the clock keeps: the crawls that it has called."""
