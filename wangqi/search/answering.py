"""PURE: whether one text answers a question, by the very words that the index would keep of it."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from wangqi.search.query import And, Is, Not, OfSeries, Or, Published, Query, Words

Fact: TypeAlias = OfSeries | Published | Is


def answers(query: Query, words: Mapping[str, str], holds: Callable[[Fact], bool]) -> bool:
    """Whether it does.

    Args:
        query: The question.
        words: Of the text ("words") and of each field, as `bigrams.index_words` gives them.
        holds: Whether a fact is true of it that is not in its words.
    """
    if isinstance(query, Words):
        fields = (query.field,) if query.field else ("words", "title")
        return any(_stands_in(words[field], query) for field in fields)
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


def _stands_in(words: str, wanted: Words) -> bool:
    tokens = " ".join(wanted.phrase.tokens)
    return f" {tokens}{'' if wanted.phrase.is_prefix else ' '}" in f" {words} "
