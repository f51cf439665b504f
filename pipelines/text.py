"""The public name of `wangqi.text.forms`: the forms of a text to keep, and to compare by."""

from wangqi.text.forms import FOLDED, NORM_VERSION, display, key_of_display, key_offsets, match_key, readable

__all__ = ["FOLDED", "NORM_VERSION", "display", "key_of_display", "key_offsets", "match_key", "readable"]
