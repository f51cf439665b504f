"""PURE: how the series fare, told to people who are away and to the programs that watch."""
