"""Judging copies and changes in a process of its own."""
