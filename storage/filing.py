"""The part of `Archive` that keeps the pictures and attachments of stories."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from storage import attaching, files

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy import Connection

    from storage.rows.files import FileRow, FileSaid, LackingFile, WantedFile
    from wangqi.outcomes import Outcome
    from wangqi.readings.files import FileKind
    from wangqi.visit import Capture

T = TypeVar("T")


class Filing(ABC):
    """What stories show beside their texts. Each change is one transaction."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T: ...

    @abstractmethod
    def _write(self, work: Callable[[Connection], T]) -> T: ...

    def files(self, revision_ids: Sequence[int], *, with_texts: bool = False) -> list[FileRow]:
        """The pictures and attachments of revisions (a story's is `story.revision_id`), in the order of the page.

        `payload(row.sha256)` has the bytes of one that is kept; of any other `row.lacks` says why not. Words that
        a program has seen in pictures come along; those of attachments, which may be long, `with_texts` alone.
        """
        return self._read(lambda c: files.wanted.of_revisions(c, revision_ids, with_texts=with_texts))

    def wanted_files(
        self,
        series_id: int,
        kinds: Collection[FileKind],
        after: int = 0,
        limit: int = 100,
        *,
        all_of_them: bool = False,
    ) -> list[WantedFile]:
        """The next ones of a series, by their ids, that nobody has asked for, or that did not come and may.

        `all_of_them`: also those of which it is believed that they never come.
        """
        return self._read(
            lambda c: files.wanted.wanted(c, series_id, kinds, after=after, limit=limit, all_of_them=all_of_them)
        )

    def keep_file(self, file_id: int, run_id: int | None, came: Capture, said: FileSaid | None = None) -> None:
        """Keeps the bytes of one, and what was read in them."""
        self._write(
            lambda c: attaching.files.take(c, file_id, attaching.files.Came(run_id, came), said, datetime.now(UTC))
        )

    def refuse_file(self, file_id: int, run_id: int | None, outcome: Outcome, reason: str, came: Capture) -> None:
        """Notes why one is not kept."""

        def noted(connection: Connection) -> None:
            files.wanted.note(connection, file_id, run_id)
            files.wanted.refuse(connection, file_id, outcome, reason, came)

        self._write(noted)

    def asked_file(self, series_id: int, url: str) -> tuple[int, str | None] | None:
        """The id and the outcome of a file that a story of the series shows at this URL; None where none does."""
        return self._read(lambda c: files.wanted.asked(c, series_id, url))

    def lacking_files(self, series_id: int, run_id: int) -> list[LackingFile]:
        """Those that a run has asked for in vain."""
        return self._read(lambda c: files.wanted.lacking(c, series_id, run_id))

    def unread_pictures(
        self, reader: str, series: int | str | None = None, after: bytes = b"", limit: int = 100
    ) -> list[bytes]:
        """The next kept pictures, by their digests, that this reader has not read."""
        return self._read(lambda c: attaching.files.unread(c, series, reader, after, limit))

    def keep_said(self, sha256: bytes, said: FileSaid) -> None:
        """Keeps what was read in a picture or an attachment that is held."""
        self._write(lambda c: attaching.files.read(c, sha256, said, datetime.now(UTC)))
