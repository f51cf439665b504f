"""Marks that come in pairs."""

_PAIRS = (("《", "》"), ("“", "”"), ("「", "」"))


def closed(text: str, whole: str) -> str:
    """The text with the mark that closes what it opens, where that stood right behind it: 河岸《青年报》."""
    for opening, closing in _PAIRS:
        if text.count(opening) > text.count(closing) and f"{text}{closing}" in whole:
            return text + closing
    return text
