"""Bytes to a tree, and what the tree says to machines."""
