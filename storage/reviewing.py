"""What the archive says of copies, and what people decide about them: the part of `Archive` for reviewers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeVar

from storage import queries, recording, rulings, texts, works

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from storage.rows import (
        Copies,
        Decided,
        DoubtfulRow,
        DoubtRow,
        HeldRow,
        HostRow,
        NamedText,
        OpenCase,
        RulingRow,
        SpinPairRow,
        Trust,
    )

T = TypeVar("T")


class Reviewing(ABC):
    """A text is named by a story's id (`12`), a revision's (`r34`) or a page's canonical URL."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T: ...

    @abstractmethod
    def _write(self, work: Callable[[Connection], T]) -> T: ...

    def copies(self, story_id: int) -> Copies | None:
        """The pages that carry a story, the best first, and why; of a merged one, those of the story it became."""
        return self._read(lambda c: queries.copies.copies(c, story_id))

    def text(self, name: str) -> NamedText:
        """Raises `UnknownTextError` when the archive holds none of that name."""
        return self._read(lambda c: queries.names.named_text(c, name))

    def open_cases(self, limit: int = 100) -> list[OpenCase]:
        """The pairs of texts on which a person should decide, the likest first."""
        return self._read(lambda c: works.decisions.open_cases(c, limit))

    def held(self, series: int | str | None = None, limit: int | None = None) -> list[HeldRow]:
        """The pages whose newest text does not stand, since a stranger could have made it, or its end did not come."""
        return self._read(lambda c: queries.held.rows(c, series, limit))

    def decide_held(self, revision: int, word: Literal["accept", "refuse"], *, by: str) -> RulingRow:
        """Lets a text that is held stand, or never asks about it again.

        Raises:
            UnknownTextError: when there is no such revision. `UndecidableError`: when it is not held.
        """
        return self._write(lambda c: rulings.rulings.take(c, revision, word, by=by, now=_now()))

    def decide(self, one: str, other: str, word: Literal["same", "not_same"], *, by: str) -> Decided:
        """Carries out a person's word on two texts: stories are merged or split, and no later verdict undoes it.

        Raises:
            UnknownTextError: when the archive does not hold one of them. `UndecidableError`: when it cannot be done.
        """

        def work(c: Connection) -> Decided:
            texts = queries.names.named_text(c, one), queries.names.named_text(c, other)
            return works.merging.decide(c, *texts, word, by=by, now=_now())

        return self._write(work)

    def hosts(self, name: str | None = None) -> list[HostRow]:
        """The registry of sites, or the row of one."""
        return self._read(lambda c: works.hosts.rows(c, name))

    def edit_host(
        self,
        name: str,
        *,
        registrable: str,
        by: str,
        trust: Trust | None = None,
        icp: str | None = None,
        owner: str | None = None,
        note: str = "",
    ) -> HostRow:
        """Changes what is given; an empty string takes a licence or an owner away. Stored copies keep their standing
        until they are regrouped.
        """
        return self._write(
            lambda c: works.hosts.edit(
                c, name, registrable=registrable, by=by, now=_now(), trust=trust, icp=icp, owner=owner, note=note
            )
        )

    def forget_host(self, name: str) -> bool:
        """Takes a site out of the registry; False when it was not in it."""
        return self._write(lambda c: works.hosts.forget(c, name))

    def spin_pairs(self, status: str | None = None, limit: int | None = None) -> list[SpinPairRow]:
        """Words that spinners put in the place of others, the most frequent first; `counts` are those that count."""
        return self._read(lambda c: texts.spin_pairs.rows(c, status, limit))

    def review_pair(self, spun: str, original: str, word: Literal["counts", "rejected"], *, by: str) -> SpinPairRow:
        """Raises `UndecidableError` when no copy has taught the pair."""
        return self._write(lambda c: texts.spin_pairs.review(c, spun, original, word, by))

    def doubts(self, series: int | str) -> list[DoubtRow]:
        """Why the series may have more than is known of it: what was seen and not followed, and gaps in its numbers."""
        return self._read(lambda c: queries.wholeness.doubts_of(c, series))

    def tell_ends(self, series_id: int, words: Sequence[str]) -> None:
        """Keeps what a run doubts of the ends of a series, in sentences, in place of what earlier ones did."""
        self._write(lambda c: recording.doubts.tell_ends(c, series_id, words, datetime.now(UTC)))

    def name_series(self, series: int | str, name: str, *, by: str) -> RulingRow:
        """Gives a series another name; its former one leads to it. Raises `UndecidableError` when one has the name."""
        return self._write(lambda c: rulings.rulings.rename(c, series, name, by=by, now=_now()))

    def join_series(self, series: int | str, other: int | str, *, by: str) -> RulingRow:
        """Makes another series part of this one; its name leads here. Raises `UndecidableError` when they are one."""
        return self._write(lambda c: rulings.rulings.join(c, series, other, by=by, now=_now()))

    def place_page(
        self, url: str, word: Literal["belongs", "foreign"], *, by: str, series: int | str | None = None
    ) -> RulingRow:
        """Puts the page of this canonical URL into a series, or out of it; `series` is where it stands unless given.

        Raises:
            UnknownTextError: when the archive knows no such page. `UndecidableError`: when it cannot be done.
        """
        return self._write(lambda c: rulings.rulings.place(c, series, url, word, by=by, now=_now()))

    def undo_ruling(self, ruling: int, *, by: str) -> RulingRow:
        """Takes a decision about a series back. Raises `UndecidableError` when there is none of this number."""
        return self._write(lambda c: rulings.rulings.undo(c, ruling, by=by, now=_now()))

    def doubtful(
        self, series: int | str | None = None, tried: Sequence[str] = (), limit: int | None = None
    ) -> list[DoubtfulRow]:
        """The pages that runs have refused as not of their series, and the stories that were found for a `tried` reason
        (see `PageRow.found_reason`); newest first.
        """
        return self._read(lambda c: rulings.belonging.doubtful(c, series, tried, limit))

    def named_on(self, url: str) -> list[str]:
        """The addresses that the 往期 lines on the page of this canonical URL lead to."""
        return self._read(lambda c: rulings.belonging.named_on(c, url))

    def rulings(self, limit: int | None = None) -> list[RulingRow]:
        """What people decided about series and their pages, the newest first."""
        return self._read(lambda c: rulings.rulings.rows(c, limit=limit))


def _now() -> datetime:
    return datetime.now(UTC)
