"""Texts, and what they are found and accused by."""
