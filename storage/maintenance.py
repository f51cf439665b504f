"""The part of `Archive` by which a newer judge goes through what is stored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from storage import recording, works

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection

    from storage.rows import StoredText
    from storage.rows.rereading import Anew, KeptPage, KeptReading
    from wangqi.copies.records import Candidate, Finding, Fingerprint, Trim, Verdict
    from wangqi.visit import Visit

T = TypeVar("T")


class Maintenance(ABC):
    """Texts in the order of their arrival; each change is one transaction."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T: ...

    @abstractmethod
    def _write(self, work: Callable[[Connection], T]) -> T: ...

    def kept_pages(self, series: int | str | None = None, after: int = 0, most: int = 1000) -> list[KeptPage]:
        """The next pages whose bytes are kept and hold a story, or were found to hold none; by their ids."""
        return self._read(lambda c: recording.rereading.pages(c, series, after, most))

    def kept_readings(self, page_ids: Sequence[int]) -> list[KeptReading]:
        """What of these pages is to be read anew."""
        return self._read(lambda c: recording.rereading.readings(c, page_ids))

    def read_anew(
        self, found: Sequence[Anew], trim_of: Callable[[Visit], Trim | None], versions: Mapping[int, str]
    ) -> list[Anew]:
        """Stores new readings, in one transaction; answers those that were not, since their pages were written to.

        `versions` are those by which the pages, by their ids, have been read now.
        """
        return self._write(lambda c: recording.rereading.store(c, found, trim_of, versions, datetime.now(UTC)))

    def begin_walk(self, sketch_version: int) -> bool:
        """Drops the fingerprints of another version; `mark_again` makes them anew. Answers whether there were such."""
        return self._write(lambda c: works.regrouping.begin(c, sketch_version))

    def mark_again(self, text_id: int, marks: Fingerprint, old: Fingerprint | None = None) -> None:
        """Records the fingerprints of a text that has none, or has these old ones."""
        self._write(lambda c: works.regrouping.mark_again(c, text_id, marks, old))

    def count_paragraphs(self, hashes: Sequence[tuple[StoredText, Sequence[int]]]) -> None:
        """Counts the paragraphs of texts that an earlier release has stored; a second time nothing changes."""
        self._write(lambda c: works.regrouping.count_paragraphs(c, hashes))

    def sharing(self, one: StoredText, hashes: Sequence[int], *, is_past: bool = False) -> dict[int, int]:
        """How many stories of one host or series carry each paragraph; as it was when the text came, for the past."""
        return self._read(lambda c: works.regrouping.sharing(c, one, hashes, is_past=is_past))

    def stored_texts(self, after: int = 0, most: int = 200) -> tuple[list[StoredText], int | None]:
        """The next texts that a page carries now, and where to go on; None at the end."""
        return self._read(lambda c: works.regrouping.stored_texts(c, after, most))

    def hosts_below(self, name: str) -> list[str]:
        """The hosts of pages that a site's row in the registry speaks of: itself and its subdomains."""
        return self._read(lambda c: works.regrouping.hosts_below(c, name))

    def texts_on(self, host: str, after: int = 0, most: int = 200) -> tuple[list[StoredText], int | None]:
        """What the next pages of a host carry, with its own bearers alone, and where to go on; None at the end."""
        return self._read(lambda c: works.regrouping.texts_on(c, host, after, most))

    def lookalikes(self, one: StoredText, marks: Fingerprint, whole: Fingerprint | None = None) -> list[Candidate]:
        """Its story's other texts and the likeliest of other stories, at most twelve.

        Where `marks` leave something out, those of the whole text are used as well.
        """
        return self._read(lambda c: works.regrouping.lookalikes(c, one, marks, whole))

    def is_forbidden(self, one: int, other: int) -> bool:
        """Whether a person said that two stories are not the same."""
        return self._read(lambda c: works.regrouping.is_forbidden(c, one, other))

    def is_said_same(self, one: StoredText) -> bool:
        """Whether a person said that a text is the same as another one."""
        return self._read(lambda c: works.regrouping.is_said_same(c, one))

    def stand_again(self, revision_id: int, *, standing: int, reason: str, findings: Sequence[Finding]) -> str | None:
        """Gives a revision its new standing and signs; answers why another copy stands for its story, when one does."""
        return self._write(
            lambda c: works.regrouping.stand_again(
                c, revision_id, standing=standing, reason=reason, findings=findings, now=datetime.now(UTC)
            )
        )

    def join(self, one: StoredText, verdict: Verdict, reason: str) -> bool:
        """Merges the stories of two texts; False when a person said otherwise, or it has been done."""
        return self._write(lambda c: works.regrouping.join(c, one, verdict, reason, datetime.now(UTC)))

    def part(self, one: StoredText, reason: str) -> bool:
        """Takes a text out of its story; False when a person put it there, or nothing would be left."""
        return self._write(lambda c: works.regrouping.part(c, one, reason, datetime.now(UTC)))
