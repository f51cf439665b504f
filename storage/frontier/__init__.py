"""Which pages are to be fetched, by which run, when."""
