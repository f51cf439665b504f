"""Tables of characters that are one character for matching or for showing.

The traditional map is frozen in a file and not asked of OpenCC at run time: match keys are stored, and a newer OpenCC
would quietly give the same text another key. `python -m wangqi.text.characters.generate` writes it anew; whoever does
that raises `NORM_VERSION`.
"""

from functools import cache
from importlib.resources import files
from unicodedata import normalize

# CJK radicals that text layers of PDFs put in place of ideographs (UCD, EquivalentUnifiedIdeograph.txt).
_SUPPLEMENT = "⺟母⻳龟⻅见⻓长⻚页⻛风⻜飞⻢马⻥鱼⻩黄⻬齐⻰龙⻠食⻆角⻋车⻔门⻙韦⺠民⺊卜⺬示⺶羊⻖青"
# What GB 18030-2000 and code page 936 kept in the private use area, and where Unicode has it now (GB 18030-2022,
# WHATWG gb18030 index).
_LEFTOVERS = {
    0xE5E5: " ",
    0xE7C7: "\u1e3f",
    0xE7C8: "\u01f9",
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE832: "\u9fb8",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE864: "\u9fbb",
    **dict(zip(range(0xE78D, 0xE797), "︐︒︑︓︔︕︖︗︘︙", strict=True)),
}


def radicals() -> dict[int, str]:
    """Radical to ideograph: the Kangxi block, and those of the supplement that are met in practice."""
    kangxi = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | {ord(radical): ideograph for radical, ideograph in zip(*[iter(_SUPPLEMENT)] * 2, strict=True)}


def leftovers() -> dict[int, str]:
    """Private use code point to real character."""
    return dict(_LEFTOVERS)


@cache
def simplified() -> dict[str, str]:
    """Traditional character to simplified one; no value is itself a key."""
    lines = files(__name__).joinpath("simplified.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1] for line in lines if line and not line.startswith("#")}
