"""Platforms whose pages are made alike wherever they come from."""
