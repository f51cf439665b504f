"""Questions to the archive. Nothing here writes."""
