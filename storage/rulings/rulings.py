"""A person's word on a series: its name, which series are one, which pages belong. It holds until it is undone.

Each function runs inside a transaction.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from storage.db.errors import UndecidableError
from storage.frontier import discovery
from storage.frontier.series import called, series_id
from storage.rows import RulingRow
from storage.rulings import belonging, joining, taking
from storage.schema import page, ruling, series
from wangqi.program import program

RENAME: Final = "rename"
JOIN: Final = "join"
_Undo = Callable[[Connection, Row[*tuple[Any, ...]], datetime], None]


def rename(connection: Connection, wanted: int | str, name: str, *, by: str, now: datetime) -> RulingRow:
    """Gives a series another name; its former one leads to it from now on.

    Raises:
        UnknownSeriesError: when there is no such series. `UndecidableError`: when a series has the name already.
    """
    known = _series(connection, series_id(connection, wanted))
    holder = called(connection, name)
    if known.name == name:
        raise UndecidableError(f"The series {name!r} is called so already.")
    if holder is not None and holder != known.id:
        raise UndecidableError(
            f"Another series is called {name!r}. If the two are one: {program()} series {name!r} --join {known.name!r}."
        )
    _free(connection, name, known.id, by, now)
    connection.execute(update(series).where(series.c.id == known.id).values(name=name))
    reason = f"{by} renamed {known.name!r} to {name!r}"
    return note(connection, known.id, RENAME, reason, {}, by=by, now=now, former_name=known.name)


def join(connection: Connection, wanted: int | str, other: int | str, *, by: str, now: datetime) -> RulingRow:
    """Makes another series part of the one wanted: its pages, stories, lines and runs are that one's from now on.

    Raises:
        UnknownSeriesError: when one of them is not there. `UndecidableError`: when they are one already.
    """
    kept, gone = (_series(connection, series_id(connection, each)) for each in (wanted, other))
    if kept.id == gone.id:
        raise UndecidableError(f"{wanted!r} and {other!r} are one series already, {kept.name!r}.")
    moved = joining.move(connection, gone.id, kept.id)
    joining.fill(connection, kept, gone)
    reason = f"{by} joined {gone.name!r} to {kept.name!r}"
    before = {"moved": moved, "start": kept.start, "title": kept.title, "publisher": kept.publisher}
    return note(connection, kept.id, JOIN, reason, before, by=by, now=now, former_name=gone.name)


def place(
    connection: Connection, wanted: int | str | None, url: str, word: str, *, by: str, now: datetime
) -> RulingRow:
    """Carries out `belongs` or `foreign` on a page: a story leaves the ledger, or a page is read in any case.

    Args:
        connection: Of the transaction.
        wanted: The series; None for the one that the page stands under.
        url: Its canonical URL.
        word: `belongs` or `foreign`.
        by: Who decides.
        now: The time of the decision.

    Raises:
        UnknownSeriesError, UnknownTextError: when the archive does not hold it. `UndecidableError`: when nothing would
        change, or when the page is one that the catalogue names.
    """
    of_series, page_id = belonging.place_of(connection, wanted, url, word, now)
    earlier = _standing(connection, of_series, page_id)
    if earlier is not None and earlier.kind == word:
        raise UndecidableError(f"{url}: {earlier.decided_by} has said so already (decision {earlier.id}).")
    if earlier is not None:
        _close(connection, earlier.id, by, now)
    change = belonging.let_in if word == belonging.BELONGS else belonging.put_out
    before = change(connection, of_series, page_id, by, now)
    is_not = "" if word == belonging.BELONGS else " not"
    reason = f"{by} said that {url} is{is_not} of this series"
    return note(connection, of_series, word, reason, before, by=by, now=now, page_id=page_id)


def take(connection: Connection, revision_id: int, word: str, *, by: str, now: datetime) -> RulingRow:
    """Carries out `accept` or `refuse` on a text that is held.

    Raises:
        UnknownTextError: when the archive does not hold it. `UndecidableError`: when it is not held.
    """
    row = taking.held(connection, revision_id)
    change = taking.accept if word == taking.ACCEPT else taking.refuse
    before = change(connection, row, by, now)
    reason = f"{by} said that r{revision_id} on {row.url} is{'' if word == taking.ACCEPT else ' not'} the publisher's"
    return note(connection, row.series_id, word, reason, before, by=by, now=now, page_id=row.page_id)


def undo(connection: Connection, number: int, *, by: str, now: datetime) -> RulingRow:
    """Takes a decision back: what it changed is as it was before.

    Raises:
        UndecidableError: when there is no such decision, it was taken back before, or a later one stands on it.
    """
    row = connection.execute(select(ruling).where(ruling.c.id == number)).first()
    if row is None or row.undone_at is not None:
        state = "is not there" if row is None else f"was taken back by {row.undone_by} on {row.undone_at:%Y-%m-%d}"
        raise UndecidableError(f"Decision {number} {state}; `{program()} review decisions` lists those that hold.")
    _close(connection, number, by, now)
    _UNDO[row.kind](connection, row, now)
    return rows(connection, number=number)[0]


def rows(connection: Connection, *, number: int | None = None, limit: int | None = None) -> list[RulingRow]:
    """The newest first, those that were taken back included."""
    query = (
        select(ruling, series.c.name.label("series"), page.c.url)
        .join(series, series.c.id == ruling.c.series_id)
        .outerjoin(page, page.c.id == ruling.c.page_id)
        .order_by(ruling.c.id.desc())
        .limit(limit)
    )
    if number is not None:
        query = query.where(ruling.c.id == number)
    fields = RulingRow.__dataclass_fields__
    return [
        RulingRow(**{name: value for name, value in row._asdict().items() if name in fields})
        for row in connection.execute(query)
    ]


def note(
    connection: Connection,
    of_series: int,
    kind: str,
    reason: str,
    before: dict[str, Any],
    *,
    by: str,
    now: datetime,
    page_id: int | None = None,
    former_name: str | None = None,
) -> RulingRow:
    """Writes a decision down."""
    row = {
        "series_id": of_series,
        "page_id": page_id,
        "kind": kind,
        "former_name": former_name,
        "reason": reason,
        "before": before,
        "decided_by": by,
        "decided_at": now,
    }
    number: int = connection.execute(insert(ruling).returning(ruling.c.id), row).scalar_one()
    return rows(connection, number=number)[0]


def _series(connection: Connection, number: int) -> Row[*tuple[Any, ...]]:
    return connection.execute(select(series).where(series.c.id == number)).one()


def _standing(connection: Connection, of_series: int, page_id: int) -> Row[*tuple[Any, ...]] | None:
    """The word on the page that holds now."""
    mine = select(ruling).where(ruling.c.page_id == page_id, ruling.c.series_id == of_series)
    mine = mine.where(ruling.c.kind.in_([belonging.BELONGS, discovery.FOREIGN]))
    return connection.execute(mine.where(ruling.c.undone_at.is_(None)).order_by(ruling.c.id.desc())).first()


def _close(connection: Connection, number: int, by: str, now: datetime) -> None:
    connection.execute(update(ruling).where(ruling.c.id == number).values(undone_by=by, undone_at=now))


def _free(connection: Connection, name: str, mine: int, by: str, now: datetime) -> None:
    """Takes a name back from an earlier series that led to this one."""
    led = select(ruling.c.id).where(ruling.c.former_name == name, ruling.c.series_id == mine, ruling.c.kind == RENAME)
    for number in connection.scalars(led.where(ruling.c.undone_at.is_(None))).all():
        _close(connection, number, by, now)


def _undo_rename(connection: Connection, row: Row[*tuple[Any, ...]], now: datetime) -> None:  # noqa: ARG001 - as _Undo
    holder = called(connection, row.former_name)
    if holder is not None and holder != row.series_id:
        raise UndecidableError(f"Another series is called {row.former_name!r} by now.")
    values = {"name": row.former_name}
    connection.execute(update(series).where(series.c.id == row.series_id).values(values))


def _undo_join(connection: Connection, row: Row[*tuple[Any, ...]], now: datetime) -> None:  # noqa: ARG001 - as _Undo
    joining.part(connection, row.series_id, row.former_name, row.before)


def _undo_belongs(connection: Connection, row: Row[*tuple[Any, ...]], now: datetime) -> None:  # noqa: ARG001 - as _Undo
    belonging.restore(connection, row.before)


def _undo_foreign(connection: Connection, row: Row[*tuple[Any, ...]], now: datetime) -> None:
    belonging.restore(connection, row.before)
    belonging.wake(connection, [one["id"] for one in row.before["pages"]], now)


def _undo_taking(connection: Connection, row: Row[*tuple[Any, ...]], now: datetime) -> None:
    taking.restore(connection, row.page_id, row.before, now)


_UNDO: Final[dict[str, _Undo]] = {
    taking.ACCEPT: _undo_taking,
    taking.REFUSE: _undo_taking,
    RENAME: _undo_rename,
    JOIN: _undo_join,
    belonging.BELONGS: _undo_belongs,
    discovery.FOREIGN: _undo_foreign,
}
