"""A small invented newspaper with two series, and a mirror of it: the site that the demo and the tests archive."""
