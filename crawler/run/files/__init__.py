"""The pictures and attachments of a series' stories."""
