"""Bytes of a page in, a reading of it out. Pure: no network, no clock, no settings."""
