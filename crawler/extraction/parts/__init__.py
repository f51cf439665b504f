"""A story that stands in several documents."""
