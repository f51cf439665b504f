"""The address that a script goes to, where it can be read without running it: location.href='/a/'+id+'.html'."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from urllib.parse import quote

from lxml.html import HtmlElement

_MOST_SCRIPT = 1 << 20  # characters of the page's own scripts
_MOST_CODE = 2_000  # of one handler, or of one function
_MOST_CALLS = 3  # a function that calls a function …
_MOST_TERMS = 20
_MOST_NAMES = 20  # looked for one by one; whoever calls more has all functions read
_LONGEST_ADDRESS = 2_000

_FUNCTION = re.compile(
    r"\bfunction\s+([\w$]+)\s*\(([^()]{0,200})\)\s*\{"
    r"|\b([\w$]+)\s*[=:]\s*(?:function\s*\(([^()]{0,200})\)\s*\{|\(?([\w$,\s]{0,200})\)?\s*=>)"
)
_MOST_PLACES = 2_000
_WORD = re.compile(r"function\s+$")
_BEFORE_NAME = 20  # characters: "function" and the blanks before the name
_LONGEST_HEAD = 600  # characters of a function up to its body
_LEAVES = re.compile(r"\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:replace|assign)\s*\(|\bnavigate\s*\(")
_NOTHING = re.compile(r"\s*+(?:void\s*+\(?\s*+0?\s*+\)?\s*+)?;*+\s*+(?:return\s++(?:false|true)\s*+)?;*+\s*+")
_OPENS = re.compile(rf"{_LEAVES.pattern}|\bwindow\.open\s*\(|(?<![\w$.])open\s*\(")  # never that of an XMLHttpRequest
_KNOWN = re.compile(r"\b(?:var|let|const)\s+([\w$]+)\s*=(?!=)\s*")
_CALL = re.compile(r"([\w$]+)\s*\(")
_SPACE = re.compile(r"\s*")
_STRING = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`", re.DOTALL)
_NUMBER = re.compile(r"\d+(?![\w$])")
_NAME = re.compile(
    r"[A-Za-z_$][\w$]*(?:\s*\.\s*[\w$]+|\[[^\[\]]{0,80}\]|\([^()]{0,80}(?:\([^()]{0,40}\))?[^()]{0,40}\))*"
)
_SUM = re.compile(r"\(\s*([\w$.]+)\s*([+-])\s*(\d{1,6})\s*\)")
_PLACE = re.compile(r"\$\{([^{}]*)\}")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_QUOTED = re.compile(r"(?:encodeURI(Component)?|escape)\((.*)\)", re.DOTALL)
_WHOLE = ";,/?:@&=+$-_.!~*'()#%"  # what encodeURI leaves as it is
# What a script may ask of the element that was clicked or chosen, in one spelling.
_ONE_SPELLING = (
    (re.compile(r"\s+"), ""),
    (re.compile(r"([\w$]+)\.options\[[^\]]*\]\.value|(?:\$|jQuery)\(([\w$]+)\)\.val\(\)"), r"\1\2.value"),
    (
        re.compile(
            r"([\w$]+)\.getAttribute\(['\"]([\w-]+)['\"]\)|(?:\$|jQuery)\(([\w$]+)\)\.attr\(['\"]([\w-]+)['\"]\)"
        ),
        r"\1\3@\2\4",
    ),
    (
        re.compile(r"([\w$]+)\.dataset\.([\w-]+)|(?:\$|jQuery)\(([\w$]+)\)\.data\(['\"]([\w-]+)['\"]\)"),
        r"\1\3@data-\2\4",
    ),
)
# A text that can hardly be anything but an address, wherever it stands in a script.
_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s/]|\.{0,2}/[\w.~%-]|\?[\w.-]+=|[\w./%-]+\.(?:s?html?|aspx?|jspx?|php\d?|do|action|cgi)(?:$|[?#])"
    r"|(?=\D*\d)[\w-]+/[\w./-]+$",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|bmp|mp[34]|m4a|m3u8|flv|css|js|ico|woff2?)(?:$|[?#])|^(?:about|javascript):|^#",
    re.IGNORECASE,
)
Given = Mapping[str, str]


def looks_like_address(text: str) -> bool:
    """Whether the text is written as only addresses are, and not as that of a picture or a style sheet."""
    text = text.strip()
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.match(text) is not None and not _NO_PAGE.search(text)


class Scripts:
    """The scripts of one page; none of them is ever run."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._known: dict[str, tuple[list[str], str] | None] = {}

    @cached_property
    def source(self) -> str:
        """What stands in the page's own scripts, up to a bound."""
        texts: list[str] = []
        left = _MOST_SCRIPT
        for script in self._tree.iter("script"):
            if left > 0 and (text := script.text):
                texts.append(text[:left])
                left -= len(text) + 1
        return "\n".join(texts)

    def address_in(self, code: str, given: Given) -> str | None:
        """Where the handler goes; None where that cannot be read.

        Args:
            code: Of an `onclick` or a `javascript:` address.
            given: What it may ask of its element: `this.value`, and `this@data-id` for the attribute data-id.
        """
        code = code[:_MOST_CODE]
        if _NOTHING.fullmatch(code):
            return None
        return self._goes_to(code, given, _MOST_CALLS) or (None if _OPENS.search(code) else _plain_address(code))

    def _goes_to(self, code: str, given: Given, left: int) -> str | None:
        given = _known(code, given)
        ways = (_expression(code, found.end(), given)[0] for found in _OPENS.finditer(code))
        if value := _the_one([way for way in ways if way and not _NO_PAGE.search(way)], given):
            return value
        for found in _CALL.finditer(code) if left else ():
            function = self._function(found[1])
            if function is None:
                continue
            names, body = function
            passed = _passed(names, list(_arguments(code, found.end(), given)), given)
            if value := self._goes_to(body, passed, left - 1):
                return value
        return None

    def _function(self, name: str) -> tuple[list[str], str] | None:
        """The parameters and the beginning of the body of the last function of this name.

        All functions are read once more than a few names were asked for: most pages call hardly any.
        """
        if name not in self._known:
            if len(self._known) >= _MOST_NAMES:
                return self._functions.get(name)
            places = list(islice(_places(self.source, name), _MOST_PLACES))
            if len(places) == _MOST_PLACES:
                return self._functions.get(name)
            head = next(filter(None, (self._head_at(at, name) for at in places)), None)
            self._known[name] = self._read(head) if head else None
        return self._known[name]

    def _head_at(self, at: int, name: str) -> re.Match[str] | None:
        """The head of a function where its name stands."""
        code = self.source
        word = _WORD.search(code, max(0, at - _BEFORE_NAME), at)
        if word is None and name[0] == "$":  # the end of a longer name
            return None
        found = _FUNCTION.match(code, word.start() if word else at)
        return found if found and name in {found[1], found[3]} else None

    def _read(self, head: re.Match[str]) -> tuple[list[str], str]:
        written = head[2] or head[4] or head[5] or ""
        most = head.end() + _MOST_CODE
        behind = _FUNCTION.search(self.source, head.end(), most + _LONGEST_HEAD)
        end = min(behind.start(), most) if behind else most
        return [part.strip() for part in written.split(",")], self.source[head.end() : end]

    @cached_property
    def _functions(self) -> Mapping[str, tuple[list[str], str]]:
        return {found[1] or found[3]: self._read(found) for found in _FUNCTION.finditer(self.source)}


def _places(code: str, name: str) -> Iterator[int]:
    """Where the name stands, the last place first."""
    at = code.rfind(name)
    while at >= 0:
        yield at
        at = code.rfind(name, 0, at + len(name) - 1)


def _the_one(ways: list[str], given: Given) -> str | None:
    """The only way; of several the one that what is given is a part of; None where that is not one."""
    several = list(dict.fromkeys(ways))
    if len(several) > 1:
        values = {value for value in given.values() if value}
        several = [way for way in several if any(value in way for value in values)]
    return several[0] if len(several) == 1 else None


def leaves_for(code: str) -> set[str | None]:
    """Where a script that runs at once takes its reader; None among them where one of its ways cannot be read."""
    given = _known(code, {})
    return {_expression(code, found.end(), given)[0] for found in _LEAVES.finditer(code)}


def _known(code: str, given: Given) -> dict[str, str]:
    """What is given, and the variables that the code sets before it uses them."""
    known = dict(given)
    for found in _KNOWN.finditer(code):
        if (value := _expression(code, found.end(), known)[0]) is not None:
            known[found[1]] = value
    return known


def _passed(names: list[str], values: list[str | None], given: Given) -> dict[str, str]:
    """What a function knows: the values of its parameters, and of one that is `this` all that is known of that."""
    known: dict[str, str] = {}
    for name, value in zip(names, values, strict=False):
        if value == "this":
            known |= {name + key.removeprefix("this"): of for key, of in given.items() if key.startswith("this")}
        elif value is not None:
            known[name] = value
    return known


def _arguments(code: str, at: int, given: Given) -> Iterator[str | None]:
    while at < len(code) and code[at] != ")":
        at = _skip(code, at)
        word = _NAME.match(code, at)
        value, at = ("this", word.end()) if word and word[0] == "this" else _expression(code, at, given)
        yield value
        end = re.compile(r"[,)]").search(code, at)
        if end is None or end[0] == ")":
            return
        at = end.end()


def _expression(code: str, at: int, given: Given) -> tuple[str | None, int]:
    """The value of terms joined by +, None where one of them is not known, and where the expression ends."""
    whole = ""
    for _ in range(_MOST_TERMS):
        value, at = _term(code, _skip(code, at), given)
        if value is None:
            return None, at
        whole += value
        at = _skip(code, at)
        if code[at : at + 1] != "+":
            return whole[:_LONGEST_ADDRESS], at
        at += 1
    return None, at


def _term(code: str, at: int, given: Given) -> tuple[str | None, int]:
    if found := _STRING.match(code, at):
        if found[3] is None:
            return _unescaped(found[1] if found[1] is not None else found[2]), found.end()
        parts = _PLACE.split(found[3])
        values = [part if number % 2 == 0 else _expression(part, 0, given)[0] for number, part in enumerate(parts)]
        known = [value for value in values if value is not None]
        return ("".join(known) if len(known) == len(values) else None), found.end()
    if found := _SUM.match(code, at):
        value = _expression(found[1], 0, given)[0] or ""
        sign = 1 if found[2] == "+" else -1
        return (str(int(value) + sign * int(found[3])) if value.isdecimal() else None), found.end()
    if found := _NUMBER.match(code, at):
        return found[0], found.end()
    if found := _NAME.match(code, at):
        return _value(found[0], given), found.end()
    return None, at


def _value(written: str, given: Given) -> str | None:
    if found := _QUOTED.fullmatch(written.strip()):
        value = _expression(found[2], 0, given)[0]
        return None if value is None else quote(value, safe="" if found[1] else _WHOLE, errors="replace")
    for pattern, spelling in _ONE_SPELLING:
        written = pattern.sub(spelling, written)
    return given.get(written)


def _skip(code: str, at: int) -> int:
    found = _SPACE.match(code, at)
    return found.end() if found else at


def _unescaped(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        number = found[1] or found[2]
        return chr(int(number, 16)) if number else found[3]

    return _ESCAPE.sub(plain, text) if "\\" in text else text


def _plain_address(code: str) -> str | None:
    """The only text of the script that is an address, whatever function it is handed to; half of one is none."""
    for found in _STRING.finditer(code):
        text = _unescaped(found[1] or found[2] or "")
        joined = code[: found.start()].rstrip().endswith("+") or code[found.end() :].lstrip().startswith("+")
        if text and not joined and looks_like_address(text):
            return text
    return None
