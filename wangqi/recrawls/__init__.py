"""PURE: when a series is looked at again."""
