"""PURE: the `[[rules]]` of `series.toml`, one table a host and, where its pages have changed, a time."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final
from urllib.parse import urlsplit

import regex
from cssselect import SelectorError
from lxml import etree
from lxml.html import document_fromstring
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.rules.selectors import KEYS, TEXTS, Key, Rule, Selector, compiled
from wangqi.urls import canonical_url

_HOST: Final = re.compile(r"[\w-]+(\.[\w-]+)+|localhost")
_XPATH_BEGINS: Final = ("/", "./", "(")
_GIVES_TEXT: Final = re.compile(r"/(?:text\(\)|@[\w:*-]+)$")
_SAMPLE: Final = document_fromstring(
    "<div id='a' class='a'><h1>x</h1><p>x <a href='a'>x</a> <span>x</span></p><ul><li>x</li></ul></div>"
)
_ABOUT: Final = ("host", "from", "until")
_PARTS: Final = frozenset({"css", "xpath", "pattern"})


class RuleError(ValueError):
    """Raised for a table that is no rule.

    Attributes:
        number: Which of the tables it is, from 0.
        key: Where in it, or None.
        host: Of which host, or "".
    """

    def __init__(self, message: str, number: int, key: str | None = None, host: str = "") -> None:
        super().__init__(message)
        self.number, self.key, self.host = number, key, host


def rules_of(value: object) -> tuple[Rule, ...]:
    """One rule for each host of each table.

    Raises:
        RuleError: for the first thing that is wrong with them.
    """
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise RuleError("is no name for a series. A rule for a host stands below [[rules]], in two brackets.", 0)
    found: dict[tuple[str, date], Rule] = {}
    for number, table in enumerate(value):
        for rule in _rules(table, number):
            if (rule.host, rule.valid_from) in found:
                message = f"a second rule for {rule.host} from the same day on. Put all of its keys into one table."
                raise RuleError(message, number, "host", rule.host)
            found[rule.host, rule.valid_from] = rule
    return tuple(found.values())


def _rules(table: Mapping[str, object], number: int) -> list[Rule]:
    at: str | None = "host"
    hosts: list[str] = []
    try:
        hosts = _hosts(table.get("host"))
        selectors: dict[Key, tuple[Selector, ...]] = {}
        days: dict[str, date] = {"from": date.min, "until": date.max}
        for at, value in table.items():
            if at in days:
                days[at] = _day(value)
            elif at != "host":
                key = _known(at)
                selectors[key] = _selectors(key, value)
        at = "until"
        _check_order(days["from"], days["until"])
    except ValueError as error:
        raise RuleError(str(error), number, at, hosts[0] if hosts else "") from error
    if not selectors:
        raise RuleError(f"reads nothing. Name one of {', '.join(KEYS)}.", number, None, hosts[0])
    first, last = days["from"], days["until"]
    return [Rule(host=host, selectors=selectors, valid_from=first, valid_until=last) for host in hosts]


def _known(name: str) -> Key:
    if name in KEYS:
        return name
    known = (*_ABOUT, *KEYS)
    meant = get_close_matches(name, known, n=1)
    raise ValueError(f"no such key; {f'did you mean {meant[0]!r}?' if meant else 'known are: ' + ', '.join(known)}")


def _check_order(first: date, last: date) -> None:
    if last < first:
        raise ValueError(f"{last} is before {first}, where the rule begins.")


def _hosts(value: object) -> list[str]:
    if value is None:
        raise ValueError('is wanting. Name the host whose pages are meant: host = "www.example.gov.cn"')
    return [_host(each) for each in (value if isinstance(value, list) and value else [value])]


def _host(value: object) -> str:
    text = value.strip().lower() if isinstance(value, str) else ""
    bare = (urlsplit(text if "//" in text else f"//{text}").hostname or "").removeprefix("*.")
    if text and text != bare:
        advice = f"Write {bare!r}: its subdomains are meant, too, and all ports." if _HOST.fullmatch(bare) else ""
        raise ValueError(f"{value!r} is no host. {advice}".rstrip())
    if not _HOST.fullmatch(text):
        raise ValueError(f'{value!r} is no host. One is "www.example.gov.cn".')
    return urlsplit(canonical_url(f"http://{text}/")).hostname or text


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"{str(value)!r} is no day. Write one without quotes and time: 2024-01-01")


def _selectors(key: Key, value: object) -> tuple[Selector, ...]:
    listed = value if isinstance(value, list) else [value]
    if not listed:
        raise ValueError("[] holds no selector. Write one, or leave the key out.")
    return tuple(_selector(key, each) for each in listed)


def _selector(key: Key, value: object) -> Selector:
    if isinstance(value, str):
        text = value.strip()
        if not text:
            raise ValueError(f"{value!r} holds no selector. Write one, or leave the key out.")
        if text.startswith("xpath:"):
            return _of_xpath(key, text.removeprefix("xpath:").strip(), text)
        return (_of_xpath if text.startswith(_XPATH_BEGINS) else _of_css)(key, text, text)
    if not isinstance(value, dict) or not value:
        raise ValueError(f'{value!r} is no selector. Write CSS, as in "h1.title", or XPath, as in "//h1".')
    if unknown := next((name for name in value if name not in _PARTS), None):
        raise ValueError(f"{unknown!r} is no part of a selector. It has css or xpath, and pattern.")
    ways: dict[str, Callable[[Key, str, str], Selector]] = {"css": _of_css, "xpath": _of_xpath}
    given = [(way, value[way]) for way in ways if way in value]
    if len(given) != 1 or not isinstance(given[0][1], str):
        raise ValueError("a selector has either css or xpath, as a text in quotes.")
    way, text = given[0]
    return ways[way](key, text.strip(), text.strip())._replace(pattern=_pattern(key, value.get("pattern")))


def _pattern(key: Key, value: object) -> str | None:
    if value is None:
        return None
    if key not in TEXTS:
        raise ValueError(f"a pattern is for what is read as text: {', '.join(sorted(TEXTS))}.")
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no regular expression: write it as a text in quotes.")
    try:
        regex.compile(value)
    except regex.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}.") from error
    return value


def _of_css(key: Key, text: str, written: str) -> Selector:
    try:
        xpath = HTMLTranslator().css_to_xpath(text)
    except SelectorError as error:
        what = str(error) or "it is not understood"
        raise ValueError(f"{text!r} is no CSS selector: {what}. XPath begins with / or xpath:") from error
    return _checked(key, xpath, written)


def _of_xpath(key: Key, text: str, written: str) -> Selector:
    return _checked(key, text, written)


def _checked(key: Key, xpath: str, written: str) -> Selector:
    try:
        found = compiled(xpath)(_SAMPLE)
    except etree.XPathError as error:
        raise ValueError(f"{written!r} is no XPath: {error}.") from error
    is_part = isinstance(found, list | str)
    if not is_part:
        raise ValueError(f"{written!r} finds a number or a truth, and no part of a page.")
    if key in {"body", "remove"} and (_GIVES_TEXT.search(xpath) or isinstance(found, str)):
        raise ValueError(f"{written!r} finds a text, where an element is wanted. Leave its end out.")
    return Selector(written, xpath)
