"""Pages that members turn to as the next leaf: whether they are of the same work."""
