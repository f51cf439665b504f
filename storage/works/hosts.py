"""The registry of sites that people keep: how far each is trusted, its licence, its owner."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Insert, delete, select

from storage.db.dialects import Inserts, insert_for
from storage.rows import HostRow, Trust
from storage.schema import host

DISTRUSTED: Final = frozenset({"suspect", "hijacked"})
_EDITED = ("registrable", "trust", "icp", "owner", "evidence")


def _upsert(statement: Any) -> Insert:  # noqa: ANN401 - the two dialects' Inserts share no class of their own
    edited: Insert = statement.on_conflict_do_update(
        index_elements=["host"], set_={name: statement.excluded[name] for name in _EDITED}
    )
    return edited


_put = Inserts(host, _upsert)


def rows(connection: Connection, name: str | None = None) -> list[HostRow]:
    """Every site of the registry by name, or the one named."""
    query = select(host).order_by(host.c.host)
    if name is not None:
        query = query.where(host.c.host == name)
    return [HostRow(**row._asdict()) for row in connection.execute(query)]


def edit(
    connection: Connection,
    name: str,
    *,
    registrable: str,
    by: str,
    now: datetime,
    trust: Trust | None = None,
    icp: str | None = None,
    owner: str | None = None,
    note: str = "",
) -> HostRow:
    """Changes what is given and keeps the rest; every edit is written down in the evidence."""
    found = rows(connection, name)
    before = found[0] if found else None
    given = {key: value for key, value in (("trust", trust), ("icp", icp), ("owner", owner)) if value is not None}
    edits = [*(before.evidence if before else ()), {"by": by, "at": now.isoformat(), "note": note, **given}]
    row = {
        "host": name,
        "registrable": registrable,
        "trust": given.get("trust", before.trust if before else "unknown"),
        "icp": given.get("icp", before.icp if before else None) or None,
        "owner": given.get("owner", before.owner if before else None) or None,
        "evidence": edits,
    }
    connection.execute(insert_for(connection, _put), row)
    return rows(connection, name)[0]


def distrusted(connection: Connection, names: Collection[str]) -> frozenset[str]:
    """Those of the sites that a person has called suspect or hijacked, themselves or the nearest domain above them."""
    above = {name: parents(name) for name in names}
    query = select(host.c.host, host.c.trust).where(host.c.host.in_({one for each in above.values() for one in each}))
    said = {row.host: row.trust for row in connection.execute(query)} if above else {}
    nearest = {name: next((said[one] for one in each if one in said), "") for name, each in above.items()}
    return frozenset(name for name, trust in nearest.items() if trust in DISTRUSTED)


def parents(name: str) -> list[str]:
    """The site itself, then the domains above it.

    >>> parents("www.a.example")
    ['www.a.example', 'a.example', 'example']
    """
    labels = name.lower().rstrip(".").split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


def forget(connection: Connection, name: str) -> bool:
    """Takes a site out of the registry; False when it was not in it."""
    return connection.execute(delete(host).where(host.c.host == name)).rowcount > 0
