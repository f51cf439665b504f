"""Write `simplified.txt` from OpenCC's t2s: `python -m wangqi.text.characters.generate` (needs `opencc`)."""

from importlib.metadata import version
from pathlib import Path
from unicodedata import normalize

import opencc

# The ideographs, their extension A, and extension B, where the rare simplified forms are.
_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x2A6E0))


def simplifications() -> dict[str, str]:
    """Character by character, without OpenCC's phrases, and followed to the end (薴 → 苧 → 苎)."""
    convert = opencc.OpenCC("t2s").convert
    direct = {}
    for code in (code for block in _BLOCKS for code in block):
        char = chr(code)
        simple = convert(char)
        if simple != char and len(simple) == 1 and normalize("NFKD", simple) == simple:
            direct[char] = simple
    return {char: _end(char, direct) for char in direct}


def _end(char: str, direct: dict[str, str]) -> str:
    seen = set()
    while char in direct and char not in seen:
        seen.add(char)
        char = direct[char]
    return char


def main() -> None:
    lines = [f"# Traditional and simplified character; generated from OpenCC {version('opencc')} (t2s, Apache-2.0)."]
    lines += [char + simple for char, simple in sorted(simplifications().items()) if char != simple]
    Path(__file__).with_name("simplified.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
