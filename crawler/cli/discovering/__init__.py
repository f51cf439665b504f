"""What the series of a site are found by."""
