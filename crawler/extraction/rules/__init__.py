"""Rules of one's own: selectors of the catalogue, put above the reading."""
