"""What a worker that judges copies is asked. It reads pages, too, so the crawl's own process does not import it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from crawler.readers.rereading import as_read_now
from crawler.run.visits import Known
from wangqi.copies.changes import Appearance, Weighed, weigh
from wangqi.copies.judge import judged
from wangqi.text.words import load


def answer(question: str, *given: Any) -> Any:  # noqa: ANN401 - each question has arguments and an answer of its own
    """The answer to `judge`, `weigh` or `weigh_anew`."""
    load()  # at the first question, and not at one of a thousand, when nobody knows why it takes long
    return _QUESTIONS[question](*given)


def _weigh_anew(before: Appearance, after: Appearance, known: Known) -> Weighed:
    return weigh(as_read_now(before, known), after)


_QUESTIONS: Final[Mapping[str, Callable[..., Any]]] = {"judge": judged, "weigh": weigh, "weigh_anew": _weigh_anew}
