"""PURE: which series a site has, from its lists."""
