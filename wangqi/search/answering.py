"""PURE: whether one text answers a question, by the very words that the index would keep of it."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeAlias

from wangqi.search.bigrams import fold, index_words
from wangqi.search.query import And, Is, Not, OfSeries, Or, Published, Query, Words
from wangqi.text.sanitise import storable

Fact: TypeAlias = OfSeries | Published | Is


class Said:
    """A text by the words that the index would keep of it. They are worked out only where a phrase may stand in it: of
    ten texts that are asked, nine lack one of its characters.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _folded(self) -> str:
        return fold(storable(self._text))

    @cached_property
    def _words(self) -> str:
        return f" {index_words(self._text)} "

    def holds(self, wanted: Words) -> bool:
        """Whether the phrase stands in it."""
        tokens = wanted.phrase.tokens
        if not all(token in self._folded for token in tokens):
            return False
        return f" {' '.join(tokens)}{'' if wanted.phrase.is_prefix else ' '}" in self._words


def answers(query: Query, words: Mapping[str, Said], holds: Callable[[Fact], bool]) -> bool:
    """Whether it does.

    Args:
        query: The question.
        words: Of the text ("words") and of each field.
        holds: Whether a fact is true of it that is not in its words.
    """
    if isinstance(query, Words):
        fields = (query.field,) if query.field else ("words", "title")
        return any(words[field].holds(query) for field in fields)
    if isinstance(query, And):
        return all(answers(part, words, holds) for part in query.parts)
    if isinstance(query, Or):
        return any(answers(part, words, holds) for part in query.parts)
    if isinstance(query, Not):
        return not answers(query.part, words, holds)
    return holds(query)


def facts_of(query: Query) -> frozenset[Fact]:
    """What a question asks that no word says."""
    if isinstance(query, And | Or):
        return frozenset[Fact]().union(*map(facts_of, query.parts))
    if isinstance(query, Not):
        return facts_of(query.part)
    return frozenset() if isinstance(query, Words) else frozenset({query})
