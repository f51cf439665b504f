"""Runs that take in what others hold: one a series, of a kind of its own, so that a manifest covers what they store."""

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from storage import Archive
from storage.frontier.runs import FINISHED
from storage.locks import series_lock
from storage.rows import RunKind
from wangqi import exit_codes


class Takings:
    """Begins a run of each series that something is taken into, holds the series, and ends them all with the block.

    Args:
        archive: Open for writing.
        url: Of the archive, whose series are held.
        kind: Of the runs.

    Attributes:
        exit_code: Of the command; as it is when the block ends.
    """

    def __init__(self, archive: Archive, url: str, kind: RunKind) -> None:
        self._archive = archive
        self._url = url
        self._kind = kind
        self._held = ExitStack()
        self._runs: dict[int, int] = {}
        self.exit_code = exit_codes.COMPLETE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """A run that was broken off stays open: the next one of its series closes it as `interrupted`."""
        with self._held:
            for run_id in self._runs.values() if kind is None else ():
                counts = self._archive.outcomes(run_id)
                self._archive.end_run(run_id, reason=FINISHED, counts=counts, exit_code=self.exit_code)

    def of(self, series_id: int) -> int:
        """The run of a series, begun when it is first asked for.

        Raises:
            SeriesBusy: Somebody else holds it.
        """
        if series_id not in self._runs:
            (series,) = self._archive.series(series_id, with_missing=False)
            self._held.enter_context(series_lock(self._url, series.name))
            self._runs[series_id] = self._archive.begin_run(series_id, self._kind)
        return self._runs[series_id]
