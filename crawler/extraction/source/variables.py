"""Values that a page's scripts assign, found by plain search first: a WeChat page has 3 MB of scripts."""

import re
from collections.abc import Iterator

_MAX_MENTIONS = 50  # of one name that are looked at
_STRING = re.compile(
    r"""["']?\s*[=:]\s*(?:JsDecode\(|htmlDecode\()?\s*(["'])(?P<value>(?:\\.|(?!\1)[^\\\n]){0,20000}?)\1"""
)
_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)")
_CONTROL = {"n": "\n", "t": "\t", "r": ""}


def assigned(source: str, *names: str) -> Iterator[tuple[str, str]]:
    """Each string that one of the names is assigned, unescaped, with its raw characters; names in their order."""
    for name in names:
        at = source.find(name)
        for _ in range(_MAX_MENTIONS):
            if at < 0:
                break
            if found := _STRING.match(source, at + len(name)):
                yield unescaped(found["value"]), name + found.group()
            at = source.find(name, at + len(name))


def unescaped(text: str) -> str:
    r"""JavaScript's \x0a, \u4e00 and \n as the signs they stand for; unprintable ones are left out."""
    return _ESCAPE.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        sign = chr(int(code, 16))
        return sign if sign.isprintable() or sign == "\n" else ""
    return _CONTROL.get(match[3], match[3])
