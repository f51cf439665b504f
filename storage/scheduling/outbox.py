"""The outbox: what somebody is to be told stays here until its channel has taken it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.rows import Notice, NoticeRow
from storage.schema import notice

_KEPT: Final = timedelta(days=180)  # after it was sent
_PAUSES: Final = (1, 2, 5, 15, 30, 60)  # minutes, by the attempts that have failed; the last one for ever


def put(connection: Connection, notices: Sequence[Notice], now: datetime) -> None:
    for one in notices:
        values = {name: getattr(one, name) for name in ("channel", "address", "kind", "subject", "body")}
        connection.execute(insert(notice), values | {"made_at": now, "due_at": now, "attempts": 0})
    connection.execute(delete(notice).where(notice.c.sent_at < now - _KEPT))


def waiting(connection: Connection, now: datetime | None) -> list[NoticeRow]:
    """Those to be tried at this moment, or all that wait when None; the oldest first."""
    query = select(notice).where(notice.c.due_at.is_not(None) if now is None else notice.c.due_at <= now)
    return [NoticeRow(**row._asdict()) for row in connection.execute(query.order_by(notice.c.id))]


def taken(connection: Connection, number: int, now: datetime) -> None:
    connection.execute(update(notice).where(notice.c.id == number).values(sent_at=now, due_at=None, trouble=None))


def refused(connection: Connection, number: int, trouble: str, now: datetime) -> None:
    attempts = connection.scalar(select(notice.c.attempts).where(notice.c.id == number)) or 0
    due = now + timedelta(minutes=_PAUSES[min(attempts, len(_PAUSES) - 1)])
    values = {"attempts": attempts + 1, "due_at": due, "trouble": trouble}
    connection.execute(update(notice).where(notice.c.id == number).values(values))


def drop(connection: Connection, number: int) -> None:
    """Of a channel that the catalogue has no more."""
    connection.execute(delete(notice).where(notice.c.id == number))


def last_digest(connection: Connection, channel: str) -> datetime | None:
    query = select(func.max(notice.c.made_at)).where(notice.c.channel == channel, notice.c.kind == "digest")
    return connection.scalar(query)
