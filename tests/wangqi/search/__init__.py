"""How people ask the archive."""
