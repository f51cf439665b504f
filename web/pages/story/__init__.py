"""A story: to be read, and to be carried away."""
