"""Sentences that were put together in English, as reasons and the lines of commands, in the language of the reader.

`locale/told.zh.po` has their forms: `{name}` stands for a fact, which is told as it is, `{!name}` for words that are
told as well. A sentence that no form fits is taken apart, as sentences are put together here: by its points,
semicolons, brackets, commas and colons. What cannot be told so stays in English.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from typing import Final, TypeAlias

from views.language.catalogue import entries
from views.language.speech import say, spoken
from views.language.words import WORDS, word

PLACE: Final = re.compile(r"\{(!?)(\w+)\}")
Told: TypeAlias = tuple[str, bool]
_UNBROKEN: Final = (
    "url",
    "host",
    "discovered_from",
    "authority",
    "status",
    "number",
    "count",
    "chars",
    "total",
    "detector",
)
_LEAST: Final = 12  # characters of its own by which a form is known though what stands in it is not
_LONGEST: Final = 2_000  # characters of a sentence that is looked at
_ENDS: Final = {".": "。", ":": "：", "?": "？", ",": "，"}
_COUNTED: Final = re.compile(r"(\d[\d,]*) (\w[\w ]*)")
_IN_BRACKETS: Final = re.compile(r"(.+?) \((.+)\)", re.DOTALL)
_LABELLED: Final = re.compile(r"(.+?): (.+)", re.DOTALL)
_TITLE: Final = re.compile("《[^》]+》")  # is nowhere taken apart
_STAND_IN: Final = 0xE000  # from here on no character means anything to anybody else
_SEVERAL: Final = re.compile(r"(?:;|[.?!](?=.*[A-Za-z])) \S", re.DOTALL)  # things, or sentences
_LETTER: Final = re.compile("[A-Za-z]")
_DATED: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d\S*\s+)(.+)", re.DOTALL)
_MARGIN: Final = re.compile(r"(\s*(?:[-+!<>] +)?)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True)
class _Form:
    """A sentence with places for facts."""

    english: str
    told: str

    @cached_property
    def within(self) -> frozenset[str]:
        """The names of its places for words that are told as well."""
        return frozenset(place[2] for place in PLACE.finditer(self.english) if place[1])

    @cached_property
    def own_words(self) -> int:
        return len(PLACE.sub("", self.english))

    @cached_property
    def ends(self) -> tuple[str, str]:
        """The words before its first place and behind its last one, as far as they stand without a blank."""
        places = [*PLACE.finditer(self.english)]
        return self.english[: places[0].start()].split(" ")[0], self.english[places[-1].end() :].split(" ")[-1]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts, end = [], 0
        for place in PLACE.finditer(self.english):
            parts += [_own(self.english[end : place.start()]), f"(?P<{place[2]}>{_may_be(place)})"]
            end = place.end()
        return re.compile("".join([*parts, _own(self.english[end:])]), re.DOTALL)


def _own(words: str) -> str:
    """They may stand wider apart, in columns."""
    return re.escape(words).replace(r"\ ", r"\s+")


def _may_be(place: re.Match[str]) -> str:
    """What a place may hold: addresses and numbers have no blanks, and what begins a sentence is no label."""
    if place[1]:
        return ".*?"
    if place[2].endswith(_UNBROKEN):
        return r"\S+"
    return ".+?" if place.start() else "(?:(?![:;.] ).)+?"


def told(sentence: str) -> Told:
    """The sentence in the reader's language, and whether all of it could be told so."""
    if spoken() == "en" or not sentence:
        return sentence, True
    if len(sentence) > _LONGEST:
        return sentence, False
    titles = _TITLE.findall(sentence)
    stand_ins = [f"《{chr(_STAND_IN + number)}》" for number in range(len(titles))]
    words, is_told = _told(spoken(), _with_others(sentence, titles, stand_ins))
    return _with_others(words, stand_ins, titles), is_told


def _with_others(text: str, these: Sequence[str], those: Sequence[str]) -> str:
    for this, that in zip(these, those, strict=True):
        text = text.replace(this, that)
    return text


def told_lines(text: str) -> str:
    """Lines of a command, each with its margin."""
    return text if spoken() == "en" else "\n".join(map(_told_line, text.split("\n")))


def told_prose(text: str) -> str:
    """Paragraphs, with blank lines between them, whose own lines may end anywhere."""
    return text if spoken() == "en" else "\n\n".join(told(" ".join(one.split()))[0] for one in text.split("\n\n"))


def _told_line(line: str) -> str:
    found = _MARGIN.fullmatch(line)
    assert found is not None
    return f"{found[1]}{told(found[2])[0]}{found[3]}"


@lru_cache(maxsize=4096)
def _told(language: str, sentence: str) -> Told:
    if not _LETTER.search(sentence):
        return sentence, True  # a number, a title in Chinese
    partly: Told | None = None
    for way in _WAYS:
        for found in way(language, sentence):
            if found[1]:
                return found
            partly = partly or (found if found[0] != sentence else None)
    return partly or (sentence, False)


def _whole(language: str, sentence: str) -> Iterator[Told]:
    plain, _ = _forms(language)
    if sentence in plain:
        yield plain[sentence], True
    elif sentence in WORDS:
        yield word(WORDS, sentence), True
    elif " " in sentence and (words := entries(language).get(sentence)):
        yield words, True


def _without_its_end(language: str, sentence: str) -> Iterator[Told]:
    if sentence[-1] in _ENDS and len(sentence) > 1:
        words, is_told = _told(language, sentence[:-1])
        yield (words + _ENDS[sentence[-1]] if words != sentence[:-1] else sentence), is_told


def _of_a_form(language: str, sentence: str, *, of_a_list: bool = False) -> Iterator[Told]:
    """`of_a_list`: a fact of it looks like several things, which it speaks of together."""
    for form in _forms(language)[1]:
        first, last = form.ends
        if sentence.startswith(first) and sentence.endswith(last) and (found := form.pattern.fullmatch(sentence)):
            if of_a_list != any(map(_SEVERAL.search, found.groups())):
                continue
            facts = {
                name: _told(language, fact.strip()) if name in form.within else (_said_by_us(language, fact), True)
                for name, fact in found.groupdict().items()
            }
            # Facts are never looked through for places.
            is_told = all(is_told for _, is_told in facts.values())
            if is_told or form.own_words >= _LEAST:
                yield PLACE.sub(partial(_fact_at, facts), form.told), is_told


def _said_by_us(language: str, fact: str) -> str:
    """A fact that is a sentence of ours, word for word, as one; whatever else it is as it is."""
    return _forms(language)[0].get(fact, fact) if " " in fact else fact


def _fact_at(facts: Mapping[str, Told], place: re.Match[str]) -> str:
    return facts[place[2]][0]


def _parted(by: str, told_by: str) -> Callable[[str, str], Iterator[Told]]:
    def way(language: str, sentence: str) -> Iterator[Told]:
        if by in sentence:
            parts = [_told(language, part) for part in sentence.split(by)]
            is_told = all(is_told for _, is_told in parts)
            if is_told or by == "; ":  # a list of which one thing is told and another is not reads worse than English
                yield told_by.join(part for part, _ in parts), is_told

    return way


def _sentences(language: str, text: str) -> Iterator[Told]:
    parts = re.split(r"(?<=[.?!]) (?=\S)", text)
    if len(parts) > 1:
        found = [_told(language, part) for part in parts]
        joined = "".join(f"{words}{'' if is_told else ' '}" for words, is_told in found)
        yield joined.rstrip(), all(is_told for _, is_told in found)


def _counted(language: str, sentence: str) -> Iterator[Told]:
    found = _COUNTED.fullmatch(sentence)
    if found and (words := WORDS.get(found[2])):
        yield f"{say(words)} {found[1]}", True
    elif found:
        told_words, is_told = _told(language, found[2])
        yield (f"{told_words} {found[1]}" if is_told else sentence), is_told


def _dated(language: str, sentence: str) -> Iterator[Told]:
    found = _DATED.fullmatch(sentence)
    if found:
        words, is_told = _told(language, found[2])
        yield found[1] + words, is_told


def _with_brackets(language: str, sentence: str) -> Iterator[Told]:
    found = _IN_BRACKETS.fullmatch(sentence)
    if found:
        before, inside = _told(language, found[1]), _told(language, found[2])
        yield f"{before[0]}（{inside[0]}）", before[1] and inside[1]


def _labelled(language: str, sentence: str) -> Iterator[Told]:
    """A word with what it is of, or a page with what is said of it: of one of the two nothing may be known."""
    found = _LABELLED.fullmatch(sentence)
    if found:
        before, behind = _told(language, found[1]), _told(language, found[2])
        if before[1] or behind[0] != found[2]:
            yield f"{before[0]}：{behind[0]}", before[1] and behind[1]


_WAYS: Final = (
    *(_whole, _dated, _of_a_form, _without_its_end, _counted, _sentences, _parted("; ", "；")),
    *(partial(_of_a_form, of_a_list=True), _with_brackets),
    *(_labelled, _parted(", ", "，")),
)


@cache
def _forms(language: str) -> tuple[Mapping[str, str], tuple[_Form, ...]]:
    """Sentences without places, and forms with them, those with most words of their own first."""
    known = entries(f"told.{language}")
    plain = {english: words for english, words in known.items() if not PLACE.search(english)}
    forms = [_Form(english, words) for english, words in known.items() if english not in plain]
    return plain, tuple(sorted(forms, key=lambda form: form.own_words, reverse=True))
