"""Sentences that the archive keeps in English, such as reasons, in the language of the reader.

`locale/told.zh.po` has their patterns: `{name}` stands for a fact, which is told as it is, `{!name}` for a sentence
within the sentence. What no pattern fits is told in English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel.messages.pofile import read_po

from web.language import spoken

PLACE: Final = re.compile(r"\{(!?)(\w+)\}")
_BETWEEN: Final = "; "
_LONGEST: Final = 2_000  # characters of a sentence that is looked at


@dataclass(frozen=True, slots=True)
class _Form:
    """One pattern. Attributes: within: The names of its sentences."""

    pattern: re.Pattern[str]
    told: str
    within: frozenset[str]


def told(sentence: str) -> tuple[str, bool]:
    """The sentence in the reader's language, and whether it could be told so."""
    if spoken() == "en" or not sentence:
        return sentence, True
    return _told(spoken(), sentence) if len(sentence) <= _LONGEST else (sentence, False)


@lru_cache(maxsize=4096)
def _told(language: str, sentence: str) -> tuple[str, bool]:
    parts = [_told(language, part) for part in sentence.split(_BETWEEN)] if _BETWEEN in sentence else []
    if parts and all(is_told for _, is_told in parts):
        return "；".join(part for part, _ in parts), True
    for form in _forms(language):
        facts = _facts(language, form, sentence)
        if facts is not None:
            return _filled(form.told, facts), True
    return ("；".join(part for part, _ in parts) or sentence), False


def _facts(language: str, form: _Form, sentence: str) -> Mapping[str, str] | None:
    """What stands in the places of the form, told as well; None where the sentence is of another form."""
    found = form.pattern.fullmatch(sentence)
    if found is None:
        return None
    facts = {
        name: _told(language, fact) if name in form.within else (fact, True) for name, fact in found.groupdict().items()
    }
    return {name: fact for name, (fact, _) in facts.items()} if all(is_told for _, is_told in facts.values()) else None


def _filled(words: str, facts: Mapping[str, str]) -> str:
    """Facts are never looked through for places."""
    return PLACE.sub(lambda place: facts[place[2]], words)


@cache
def _forms(language: str) -> tuple[_Form, ...]:
    """Those with most words of their own first."""
    catalogue = read_po(BytesIO(files("web").joinpath(f"locale/told.{language}.po").read_bytes()), locale=language)
    forms = sorted(((str(one.id), str(one.string)) for one in catalogue if one.id), key=_own_words, reverse=True)
    return tuple(_Form(_pattern(words), said, frozenset(_within(words))) for words, said in forms)


def _own_words(form: tuple[str, str]) -> int:
    return len(PLACE.sub("", form[0]))


def _pattern(words: str) -> re.Pattern[str]:
    parts, end = [], 0
    for place in PLACE.finditer(words):
        parts += [re.escape(words[end : place.start()]), f"(?P<{place[2]}>.+?)"]
        end = place.end()
    return re.compile("".join([*parts, re.escape(words[end:])]), re.DOTALL)


def _within(words: str) -> list[str]:
    return [place[2] for place in PLACE.finditer(words) if place[1]]
