"""The blocks that a 往期 heading opens: where they are, and whether they are to be believed."""
