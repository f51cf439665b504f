"""Incidents: each is begun once and ended once, in the transaction that makes its notices."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from storage.rows import IncidentRow, Notice
from storage.scheduling import outbox
from storage.schema import incident


def open_ones(connection: Connection) -> list[IncidentRow]:
    query = select(incident).where(incident.c.ended_at.is_(None)).order_by(incident.c.id)
    return [IncidentRow(**row._asdict()) for row in connection.execute(query)]


def keep(
    connection: Connection, begun: Sequence[IncidentRow], ended: Sequence[IncidentRow], notices: Sequence[Notice]
) -> None:
    """Begins these, whose ids nobody has given yet, ends those, and has it told."""
    for one in begun:
        values = {name: getattr(one, name) for name in ("series", "what", "level", "fact", "began_at")}
        connection.execute(insert(incident), values)
    for one in ended:
        connection.execute(update(incident).where(incident.c.id == one.id).values(ended_at=one.ended_at))
    moments = [one.began_at for one in begun] + [one.ended_at for one in ended if one.ended_at]
    if moments:
        outbox.put(connection, notices, max(moments))
