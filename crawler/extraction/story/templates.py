"""Dated rules for content systems and, where nothing else helps, for hosts: selectors that name the story's element."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment

_NAME = re.compile(r"[\w-]+")
_LEAST = 80  # characters of prose that a rule's element must hold to be believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of `templates.toml`; its fields are described there."""

    name: str
    story: tuple[str, ...]
    remove: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    valid_from: date = date.min
    valid_until: date = date.max

    def holds(self, host: str, day: date | None) -> bool:
        """Whether the rule speaks of this host on this day; without a day every rule is in force."""
        if self.hosts and not any(host == own or host.endswith("." + own) for own in self.hosts):
            return False
        return day is None or self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What a rule found on one page."""

    rule: str
    story: HtmlElement
    remove: tuple[HtmlElement, ...]


def read_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a file.

    Raises:
        TypeError: An entry has a field that no rule has.
        tomllib.TOMLDecodeError: The text is no TOML.
    """
    entries: list[dict[str, Any]] = tomllib.loads(text).get("rule", [])
    return tuple(Rule(**{key: _frozen(value) for key, value in entry.items()}) for entry in entries)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    return tuple(value) if isinstance(value, list) else value


@cache
def own_rules() -> tuple[Rule, ...]:
    """The rules that come with the project."""
    return read_rules(files(__package__).joinpath("templates.toml").read_text("utf-8"))


def fit(
    tree: HtmlElement,
    source: str,
    segments: Sequence[Segment],
    url: str,
    *,
    day: date | None,
    rules: Sequence[Rule] | None = None,
) -> Fit | None:
    """The first rule whose selector names one element with a story in it, or None.

    A selector is tried only when its last name stands in the `source`: plain search is a hundred times faster.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    for rule in own_rules() if rules is None else rules:
        if not rule.holds(host, day):
            continue
        for selector in rule.story:
            if _NAME.findall(selector)[-1] not in source:
                continue
            if (element := _outermost(_select(selector)(tree))) is not None and _holds_prose(element, segments):
                removed = tuple(found for css in rule.remove for found in _select(css)(tree))
                return Fit(rule=rule.name, story=element, remove=removed)
    return None


@cache
def _select(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


def _outermost(found: Sequence[HtmlElement]) -> HtmlElement | None:
    """The one element around all others, or None when several stand side by side."""
    if not found:
        return None
    first = found[0]
    return first if all(first in _lineage(other) for other in found[1:]) else None


def _lineage(node: HtmlElement) -> Iterator[HtmlElement]:
    yield node
    yield from node.iterancestors()


def _holds_prose(element: HtmlElement, segments: Sequence[Segment]) -> bool:
    inside = set(element.iter())
    return sum(segment.prose for segment in segments if segment.block in inside) >= _LEAST
