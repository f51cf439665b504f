"""Texts, their fingerprints, and what is found on them."""
