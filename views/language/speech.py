"""Which language is spoken, and sentences said in it."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Final

LANGUAGES: Final = {"zh": "中文", "en": "English"}
_spoken: Final[ContextVar[str]] = ContextVar("spoken", default="en")


def speak(language: str) -> None:
    """From now on this request, or this command, is answered in the language."""
    _spoken.set(language)


def spoken() -> str:
    """The language of the request, or of the command."""
    return _spoken.get()


def say(words: str) -> str:
    """The words in that language."""
    return words if spoken() == "en" else _known().get(words) or words


def say_of(one: str, many: str, number: int) -> str:
    """As `say`, of so many."""
    if spoken() == "en":
        return one if number == 1 else many
    return _known().get(one) or many


def marked(words: str) -> str:
    """The words as they are: they are said later, and the list has to hold them."""
    return words


def _known() -> Mapping[str, str]:
    from views.language.catalogue import entries  # noqa: PLC0415 - English, which needs none, shall begin quickly

    return entries(_spoken.get())
