"""The ways in which a page names others of its series, one a module."""
