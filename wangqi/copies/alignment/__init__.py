"""Two texts side by side: what is the same, what was put in the place of what."""
