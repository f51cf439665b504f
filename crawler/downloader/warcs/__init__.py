"""Files of web archives, read: which answers they hold, and where."""
