"""The pages that list stories: which of them a crawl looks at, and which are the series."""
