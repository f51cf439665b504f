"""Runs: one row a crawl, or a taking in of what others hold."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from storage.frontier.due import make_watched_due, release_leases, wake_unread
from storage.frontier.recheck import seek
from storage.frontier.series import learn_cadence, series_id
from storage.rows import RunKind, RunRow
from storage.schema import page, run, series

INTERRUPTED = "interrupted"
FINISHED = "finished"  # Scrapy's word for a crawl that came to its end


def begin(connection: Connection, of_series: int, pid: int, now: datetime, kind: RunKind = "crawl") -> int:
    """Opens a run. Runs of the series that were never closed have died: they are closed, and their pages set free.

    A crawl makes due what it is to read again; no other kind asks for pages.
    """
    died = select(run.c.id).where(run.c.series_id == of_series, run.c.ended_at.is_(None))
    for number in connection.scalars(died).all():
        closed = {"ended_at": now, "reason": INTERRUPTED, "counts": outcomes(connection, number)}
        connection.execute(update(run).where(run.c.id == number).values(closed))
    release_leases(connection, of_series)
    if kind == "crawl":
        _make_due(connection, of_series, now)
    row: dict[str, object] = {"series_id": of_series, "kind": kind, "pid": pid, "started_at": now, "counts": {}}
    run_id: int = connection.execute(insert(run).returning(run.c.id), row).scalar_one()
    return run_id


def _make_due(connection: Connection, of_series: int, now: datetime) -> None:
    wake_unread(connection, of_series, now)
    # A run that was cut short has not followed what it saw on later pages of a column: they are read again.
    make_watched_due(connection, of_series, now, everything=_last_reason(connection, of_series) not in {None, FINISHED})
    seek(connection, of_series, now)


def _last_reason(connection: Connection, of_series: int) -> str | None:
    crawls = run.c.series_id == of_series, run.c.kind == "crawl"
    last = select(run.c.reason).where(*crawls).order_by(run.c.id.desc()).limit(1)
    return connection.scalar(last)


def end(
    connection: Connection,
    run_id: int,
    now: datetime,
    *,
    reason: str,
    counts: Mapping[str, int],
    exit_code: int | None,
    requests: int,
    missing: int | None = None,
) -> None:
    """Closes a run, sets its unread pages free, and learns the cadence of its series."""
    closed = update(run).where(run.c.id == run_id).returning(run.c.series_id)
    values = {"ended_at": now, "reason": reason, "counts": dict(counts), "exit_code": exit_code, "requests": requests}
    values["missing"] = missing
    ended = connection.execute(closed.values(values)).scalar_one()
    release_leases(connection, ended)
    learn_cadence(connection, ended)


def outcomes(connection: Connection, run_id: int) -> dict[str, int]:
    counted = select(page.c.outcome, func.count()).where(page.c.run_id == run_id, page.c.outcome.is_not(None))
    return {str(word): number for word, number in connection.execute(counted.group_by(page.c.outcome))}


def rows(
    connection: Connection,
    wanted: int | str | None,
    limit: int,
    *,
    before: int | None = None,
    kind: RunKind | None = None,
) -> list[RunRow]:
    """The newest first, or those before the one of this number; of one kind, or of all."""
    query = select(run, series.c.name.label("series")).join(series, series.c.id == run.c.series_id)
    if wanted is not None:
        query = query.where(run.c.series_id == series_id(connection, wanted))
    if before is not None:
        query = query.where(run.c.id < before)
    if kind is not None:
        query = query.where(run.c.kind == kind)
    return [RunRow(**row._asdict()) for row in connection.execute(query.order_by(run.c.id.desc()).limit(limit))]
