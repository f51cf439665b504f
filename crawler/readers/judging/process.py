"""Judging copies in a process of its own, so that the thread which writes does not hold up the one which downloads."""

import logging
import pickle
import socket
from collections.abc import Callable, Sequence
from typing import Any, Final

from crawler.readers.client import Line, Workers
from crawler.readers.deadline import LOOK, still_at_it
from crawler.readers.forkserver import LENGTH, Duty
from crawler.run.visits import Known
from storage.faults import passing
from wangqi.copies.changes import Appearance, Weighed
from wangqi.copies.records import Candidate, NewText, Verdict
from wangqi.copies.trust import Registry

logger = logging.getLogger(__name__)
_SILENT: Final = "it could not be weighed in time; the text before it stands"
# What reads pages is imported where it is asked for, in the worker: it would cost each crawl .7 s of CPU here.
_DUTY: Final = Duty(function="crawler.readers.judging.questions:answer", is_lasting=True)


class Judging:
    """`wangqi.copies.judge.judged` and `wangqi.copies.changes.weigh`, for one thread, which waits on a socket.

    It is asked inside a transaction, so it always answers. A worker that is silent for so long, and is not at it still
    on a busy machine (`still_at_it`), is stopped, or at a text without end: another one is asked, and when that
    is silent too, the answer decides nothing. What a worker died of, this process does itself.

    Args:
        workers: Who forks the worker.
        deadline: Seconds for an answer, of its CPU; the first worker that is asked has half of them.
    """

    def __init__(self, workers: Workers, deadline: float) -> None:
        self._workers = workers
        self._deadline = deadline
        self._known = Known(Registry())
        self._worker: Line | None = None

    def __call__(self, new: NewText, candidates: Sequence[Candidate]) -> list[Verdict]:
        verdicts: list[Verdict] = self._answer("judge", new, candidates)
        return verdicts

    def weigh(self, before: Appearance, after: Appearance) -> Weighed:
        """As `wangqi.copies.changes.weigh`, of two texts that were read by the same rules."""
        question = ("weigh", before, after) if before.outdated is None else ("weigh_anew", before, after, self._known)
        weighed: Weighed = self._answer(*question)
        return weighed

    def configure(self, known: Known) -> None:
        """What pages are read with."""
        self._known = known

    def _answer(self, question: str, *given: Any) -> Any:  # noqa: ANN401 - what `answer` gives; the callers name its type
        packed = pickle.dumps((question, *given), pickle.HIGHEST_PROTOCOL)
        for seconds in (self._deadline / 2, self._deadline):
            try:
                word, told = self._ask(packed, seconds)
            except TimeoutError:
                continue
            except (OSError, EOFError):
                break
            if word == "ok":
                return told
            break
        else:
            logger.error("The judge gave no answer within %g seconds: a person has to decide", self._deadline)
            return [] if question == "judge" else Weighed(held="doubtful", reason=_SILENT)
        from crawler.readers.judging.questions import answer  # noqa: PLC0415 - as rarely as a worker dies of a text

        # A page is read in no process but a worker: what is not read anew is weighed as it was read.
        return answer(*(("weigh", *given[:2]) if question == "weigh_anew" else (question, *given)))

    def close(self) -> None:
        """For when nobody asks any more."""
        if self._worker:
            self._worker.socket.close()
            self._worker = None

    def _ask(self, question: bytes, seconds: float) -> tuple[str, Any]:
        worker = self._worker = self._worker or self._workers.fork_blocking(_DUTY, seconds)
        is_worn = True
        try:
            passing("judge")
            worker.socket.settimeout(seconds)
            worker.socket.sendall(LENGTH.pack(len(question)) + question)
            goes_on = still_at_it(seconds, worker.pid)
            size = LENGTH.unpack(_receive(worker.socket, LENGTH.size, goes_on))[0]
            told = _receive(worker.socket, size, goes_on)
            word, answer, is_worn = pickle.loads(told)  # noqa: S301  # from our own process
        except TimeoutError:
            self._workers.kill(worker.pid)  # it may be stopped, and would never see that its socket is closed
            raise
        finally:
            if is_worn:
                self.close()
        return word, answer


def _receive(worker: socket.socket, size: int, goes_on: Callable[[], bool]) -> bytes:
    """So many bytes; a worker that has not answered in time is waited for while it goes on.

    Raises:
        TimeoutError: None came for too long. `EOFError`: none will.
    """
    data = bytearray()
    while len(data) < size:
        try:
            more = worker.recv(min(size - len(data), 1 << 20))
        except TimeoutError:
            if not goes_on():
                raise
            worker.settimeout(LOOK)
            continue
        if not more:
            raise EOFError("the worker has ended")
        data += more
    return bytes(data)
