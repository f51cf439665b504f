"""PURE: reads a question as people type it.

    question   = either ("OR" either)*
    either     = part ("AND"? part)*
    part       = ("-" | "NOT") part | "(" question ")" | field ":" value | value
    value      = word | '"' phrase '"'

Brackets, quotes, colons and blanks count in their Chinese forms, too. Brackets and quotes that a word opens and closes
are its own: 往期（三） is a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from difflib import get_close_matches
from typing import Final, Literal
from zoneinfo import ZoneInfo

from wangqi.search.bigrams import phrase_of
from wangqi.search.days import covered
from wangqi.search.query import KINDS, TEXT_FIELDS, And, Is, Not, OfSeries, Or, Published, Query, Words

LONGEST: Final = 500  # characters of a question
LONGEST_PHRASE: Final = 200  # characters; PostgreSQL's stack ends at a phrase of some ten thousand tokens
_DEEPEST: Final = 20  # brackets and signs within one another
_ZONE: Final = ZoneInfo("Asia/Shanghai")
FIELDS: Final = (*TEXT_FIELDS, "series", "after", "before", "is")

_Kind = Literal["open", "close", "or", "and", "not", "field", "value", "end"]
_CLOSING: Final = {'"': '"', "“": "”", "„": "“”", "«": "»", "＂": "＂"}
_ONLY_CLOSING: Final = frozenset("".join(_CLOSING.values())) - _CLOSING.keys()
_FIELD: Final = re.compile(r"([A-Za-z]+)[:：]")
_OPERATORS: Final[dict[str, _Kind]] = {"OR": "or", "AND": "and", "NOT": "not"}


class QueryError(ValueError):
    """A question that cannot be read. It says what is wrong, and at which character (from 1 on)."""

    def __init__(self, fact: str, query: str, place: int) -> None:
        super().__init__(f"{fact} (at character {place + 1} of {query!r})")
        self.place = place


def parse(query: str, zone: tzinfo = _ZONE) -> Query:
    """The question as a tree; the days that it names are those of the zone.

    Raises:
        QueryError: It is empty, too long, or cannot be read.

    >>> parse("洪水 -title:预警").parts[1].part.field
    'title'
    """
    if len(query) > LONGEST:
        raise QueryError(f"A question has at most {LONGEST} characters, this one {len(query)}", query[:40], LONGEST)
    return _Parser(query, zone).whole()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str
    place: int


class _Parser:
    def __init__(self, query: str, zone: tzinfo) -> None:
        self._query = query
        self._zone = zone
        self._tokens = list(_tokens(query))
        self._at = 0
        self._depth = 0

    def whole(self) -> Query:
        if self._next.kind == "end":
            raise QueryError("There is no word to look for", self._query, 0)
        found = self._either()
        if self._next.kind == "close":
            raise self._error("This bracket closes none", self._next)
        return found

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _error(self, fact: str, token: _Token) -> QueryError:
        return QueryError(fact, self._query, token.place)

    def _either(self) -> Query:
        parts = [self._all()]
        while self._next.kind == "or":
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts = [self._part()]
        while self._next.kind not in {"or", "close", "end"}:
            if self._next.kind == "and":
                self._take()
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self) -> Query:
        token = self._take()
        if token.kind in {"not", "open"}:
            self._depth += 1
            if self._depth > _DEEPEST:
                raise self._error(f"More than {_DEEPEST} brackets and signs stand within one another", token)
            found = Not(self._part()) if token.kind == "not" else self._bracketed(token)
            self._depth -= 1
            return found
        if token.kind == "field":
            return self._of_field(token)
        if token.kind == "value":
            return self._words(token)
        if token.kind == "end":
            raise self._error("A word is missing at the end", token)
        raise self._error(f"A word is missing before {token.text!r}; to look for it, put it in quotes", token)

    def _bracketed(self, opening: _Token) -> Query:
        found = self._either()
        if self._next.kind != "close":
            raise self._error("This bracket is not closed", opening)
        self._take()
        return found

    def _of_field(self, token: _Token) -> Query:
        name = token.text.lower()
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            advice = f"did you mean {near[0]}:?" if near else f"there are {', '.join(f'{one}:' for one in FIELDS)}."
            raise self._error(
                f"{token.text}: is no field; {advice} To look for a colon, put the words in quotes", token
            )
        if self._next.kind != "value" or self._next.place != token.place + len(token.text) + 1:
            raise self._error(f"{name}: needs a value right behind it", token)
        value = self._take()
        if name in TEXT_FIELDS:
            return self._words(value, name)
        if name == "series":
            return OfSeries(value.text)
        if name == "is":
            kind = next((kind for kind in KINDS if kind == value.text.lower()), None)
            if kind is None:
                raise self._error(f"{value.text!r} is nothing that a story is; there are {', '.join(KINDS)}", value)
            return Is(kind)
        time = covered(value.text, self._zone)
        if time is None:
            raise self._error(f"{value.text!r} is no date. Write 2021, 2021-06 or 2021-06-11", value)
        return Published(since=time[0]) if name == "after" else Published(until=time[0])

    def _words(self, token: _Token, field: str | None = None) -> Words:
        phrase = phrase_of(token.text)
        if phrase is None:
            raise self._error(f"{token.text!r} has no letter, number or character to look for", token)
        if len(token.text) > LONGEST_PHRASE:
            raise self._error(f"A phrase has at most {LONGEST_PHRASE} characters, this one {len(token.text)}", token)
        return Words(token.text, phrase, next((name for name in TEXT_FIELDS if name == field), None))


def _tokens(query: str) -> Iterator[_Token]:
    at = 0
    while at < len(query):
        sign = query[at]
        if sign.isspace():
            at += 1
        elif sign in "(（":
            yield _Token("open", sign, at)
            at += 1
        elif sign in ")）":
            yield _Token("close", sign, at)
            at += 1
        elif sign in "-－" and query[at + 1 : at + 2].strip():
            yield _Token("not", sign, at)
            at += 1
        elif sign in _CLOSING:
            end = min((end for one in _CLOSING[sign] if (end := query.find(one, at + 1)) >= 0), default=None)
            if end is None:
                raise QueryError("This quote is not closed", query, at)
            yield _Token("value", query[at + 1 : end], at)
            at = end + 1
        elif named := _FIELD.match(query, at):
            yield _Token("field", named[1], at)
            at = named.end()
        else:
            word = _word(query, at)
            lone = _lone_quote(word)
            if lone is not None:
                raise QueryError(
                    "A quote stands alone in this word; leave it out, or put a blank before the phrase",
                    query,
                    at + lone,
                )
            yield _Token(_OPERATORS.get(word, "value"), word, at)
            at += len(word)
    yield _Token("end", "", len(query))


def _word(query: str, at: int) -> str:
    """Up to the next blank, or to a bracket that closes none of its own."""
    end, own = at, 0
    while end < len(query) and not query[end].isspace():
        if query[end] in "(（":
            own += 1
        elif query[end] in ")）":
            own -= 1
            if own < 0:
                break
        end += 1
    return query[at:end]


def _lone_quote(word: str) -> int | None:
    """Where in a word a quote stands that has no other one there."""
    closing, opened = frozenset[str](), None
    for place, sign in enumerate(word):
        if opened is not None and sign in closing:
            opened = None
        elif opened is None and sign in _CLOSING:
            closing, opened = frozenset(_CLOSING[sign]), place
        elif opened is None and sign in _ONLY_CLOSING:
            return place
    return opened
