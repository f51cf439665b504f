"""A story and its copies: which one is canonical, what people have decided."""
