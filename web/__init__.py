"""The reading room: a read-only site over the archive, where people read, search, compare and watch."""
