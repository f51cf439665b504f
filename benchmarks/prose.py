"""Endless believable Chinese: sentences put together from a small grammar, never two pages alike.

The words are spread widely on purpose, so that two texts share no more three-character runs than two real
reports of one newspaper do, and near-duplicate search has honest work.
"""

import tomllib
from pathlib import Path
from random import Random

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def _characters(name: str) -> str:
    return "".join(_WORDS[name].split())


def _words(name: str) -> list[str]:
    words: list[str] = _WORDS[name].split()
    return words


SURNAMES = _characters("surnames")
GIVEN = _characters("given")
PLACE_HEADS = _characters("place_heads")
PLACE_TAILS = _characters("place_tails")
NOUNS = _words("nouns")
VERBS = _words("verbs")
TIMES = _words("times")
PEOPLE = _words("people")
MANNERS = _words("manners")
FEELINGS = _words("feelings")
SAYINGS = _words("sayings")
NUMERALS = _words("numerals")
UNITS = _words("units")

PATTERNS = (
    "{time}，{place}的{people}{name}{manner}{verb}{noun}，一共{number}{unit}。",
    "{name}说，{noun}要先{verb}，再{verb2}，否则{noun2}就白费了。",
    "从{place}到{place2}，{number}{unit}{noun}由{people}{verb}，{people2}在旁边{verb2}。",
    "“{saying}。”{time}，{name}{verb}完{noun}，{feeling}。",
    "{people}们起初不愿意{verb}{noun}，{name}{manner}{verb2}给他们看，{time}便有{number}人跟着做。",
    "那一年{place}的{noun}少了{number}{unit}，{name}{feeling}，{time}又去{verb2}{noun2}。",
    "{number}{unit}{noun}、{number2}{unit2}{noun2}，{name}都{manner}{verb}过。",
    "在{place}，{verb}{noun}的是{name}，{verb2}{noun2}的是一位姓{surname}的{people}。",
    "{name}的办法很简单：{time}{verb}{noun}，{manner}{verb2}，谁问都讲。",
    "{people}{feeling}，因为{noun}和{noun2}都留在了{place}。",
    "如今{place}的{people}遇到{noun}的事，头一个想到的是{name}。",
    "{time}，{noun}终于{verb}好了，{name}{feeling}，{people}{name2}{manner}{verb2}起{noun2}来。",
)


def person(rng: Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


def place(rng: Random) -> str:
    return rng.choice(PLACE_HEADS) + rng.choice(PLACE_HEADS) + rng.choice(PLACE_TAILS)


def sentence(rng: Random) -> str:
    pick = rng.choice
    return pick(PATTERNS).format(
        time=pick(TIMES), manner=pick(MANNERS), feeling=pick(FEELINGS), saying=pick(SAYINGS), surname=pick(SURNAMES),
        place=place(rng), place2=place(rng), name=person(rng), name2=person(rng),
        people=pick(PEOPLE), people2=pick(PEOPLE), noun=pick(NOUNS), noun2=pick(NOUNS), verb=pick(VERBS),
        verb2=pick(VERBS), number=pick(NUMERALS), number2=pick(NUMERALS), unit=pick(UNITS), unit2=pick(UNITS),
    )  # fmt: skip


def paragraph(rng: Random) -> str:
    return "".join(sentence(rng) for _ in range(rng.randint(1, 4)))


def headline(rng: Random) -> str:
    """A person and what they do: 8 to 16 characters."""
    return f"{person(rng)}：{rng.choice(MANNERS)}{rng.choice(VERBS)}{place(rng)}的{rng.choice(NOUNS)}"
