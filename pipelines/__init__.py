"""Item in, item out: normalise, tell copies apart, hand over to the archive."""
