"""Judging copies in a process of its own, so that the thread which writes does not hold up the one which downloads."""

import pickle
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from crawler.readers.client import Workers
from crawler.readers.forkserver import LENGTH, Duty
from wangqi.copies import NewText
from wangqi.copies.changes import Appearance, Weighed, weigh
from wangqi.copies.judge import judged
from wangqi.copies.records import Candidate, Verdict

_DUTY: Final = Duty(function=f"{__name__}:answer", is_lasting=True)


def answer(question: str, *given: Any) -> Any:  # noqa: ANN401 - as the functions take it, and answer
    """What the worker does: `judge` or `weigh`."""
    return _QUESTIONS[question](*given)


_QUESTIONS: Final[Mapping[str, Callable[..., Any]]] = {"judge": judged, "weigh": weigh}


class Judging:
    """`wangqi.copies.judge.judged` and `wangqi.copies.changes.weigh`, for one thread, which waits on a socket.

    It is asked inside a transaction, so it always answers: what the worker does not, this process does itself.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._worker: socket.socket | None = None

    def __call__(self, new: NewText, candidates: Sequence[Candidate]) -> list[Verdict]:
        verdicts: list[Verdict] = self._answer("judge", new, candidates)
        return verdicts

    def weigh(self, before: Appearance, after: Appearance) -> Weighed:
        """As `wangqi.copies.changes.weigh`."""
        weighed: Weighed = self._answer("weigh", before, after)
        return weighed

    def _answer(self, question: str, *given: Any) -> Any:  # noqa: ANN401 - as `answer`
        with suppress(OSError, EOFError):
            word, told = self._ask(pickle.dumps((question, *given), pickle.HIGHEST_PROTOCOL))
            if word == "ok":
                return told
        return answer(question, *given)

    def close(self) -> None:
        """For when nobody asks any more."""
        if self._worker:
            self._worker.close()
            self._worker = None

    def _ask(self, question: bytes) -> tuple[str, Any]:
        if self._worker is None:
            self._worker = self._workers.fork_blocking(_DUTY)
        is_worn = True
        try:
            self._worker.sendall(LENGTH.pack(len(question)) + question)
            size = LENGTH.unpack(self._receive(LENGTH.size))[0]
            word, answer, is_worn = pickle.loads(self._receive(size))  # noqa: S301  # from our own process
        finally:
            if is_worn:
                self.close()
        return word, answer

    def _receive(self, size: int) -> bytes:
        assert self._worker is not None
        data = self._worker.recv(size, socket.MSG_WAITALL)
        while 0 < len(data) < size:  # a signal has cut it short
            more = self._worker.recv(size - len(data), socket.MSG_WAITALL)
            data = data + more if more else b""
        if not data:
            raise EOFError("the worker has ended")
        return data
