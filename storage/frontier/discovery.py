"""What a page leads to, put into the frontier of its series. Each function runs inside a transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, select, update

from storage.db.dialects import insert_for
from storage.frontier import shares
from storage.frontier.due import ENTRY, NAMED, discover, exclude, new_page
from storage.frontier.page_state import KnownPage
from storage.schema import page, ruling
from wangqi.urls import url_digest
from wangqi.visit import Discovery, Visit

_listed = (
    update(page)
    .where(page.c.url_sha256 == bindparam("digest"), page.c.listed_at.is_(None))
    .values(listed_at=bindparam("seen"), listed_on=bindparam("column"))
)
_place = select(page.c.url_sha256, page.c.id, page.c.depth).where(
    page.c.url_sha256.in_(bindparam("digests", expanding=True))
)
_EXCLUDED: Final = {"state": "done", "due_at": None, "outcome": "out_of_scope"}


def add_discovered(
    connection: Connection, source: KnownPage, visit: Visit, found: Sequence[Discovery], now: datetime
) -> int:
    """Puts the pages that this one leads to into the frontier; answers how many are new to the series.

    A page that both of two series have fetched, such as a later page of a column, counts as new for neither.
    """
    barred = foreign_among(connection, visit.series_id, [link.url for link in found])
    found = [link for link in found if link.url not in barred]
    elsewhere = _places(connection, {link.found_on for link in found if link.found_on})
    listed = [link for link in found if link.via == ENTRY]
    found = _without_own(connection, visit.series_id, found)
    rows, excluded = [], []
    for link in found:
        page_id, depth = elsewhere.get(url_digest(link.found_on or ""), (source.id, source.depth))
        named = {"title": link.title, "found_reason": link.reason, "discovered_from": page_id}
        row = new_page(link.url, visit.series_id, now, via=link.via, depth=depth + 1) | named
        if link.is_excluded:
            excluded.append(row | {**_EXCLUDED, "outcome_at": now, "reason": link.reason})
        else:
            rows.append(row)
    if excluded:
        connection.execute(insert_for(connection, exclude), excluded)
    new = _take(connection, visit.series_id, rows) if rows else 0
    if listed:  # when a column was first seen showing these pages
        columns = [elsewhere.get(url_digest(link.found_on or ""), (source.id, source.depth))[0] for link in listed]
        shown = zip(listed, columns, strict=True)
        values = [{"digest": url_digest(link.url), "seen": now, "column": column} for link, column in shown]
        connection.execute(_listed, values)
    return new


def add_leads(connection: Connection, series_id: int, leads: Sequence[Discovery], now: datetime) -> None:
    """Puts pages to be looked at into the frontier; each says on which page it was found."""
    places = _places(connection, {lead.found_on for lead in leads if lead.found_on})
    rows = []
    for lead in _without_own(connection, series_id, leads):
        source, depth = places.get(url_digest(lead.found_on or ""), (None, 0))
        named = {"title": lead.title, "found_reason": lead.reason, "discovered_from": source}
        rows.append(new_page(lead.url, series_id, now, via=lead.via, depth=depth + 1) | named)
    if rows:
        _take(connection, series_id, rows)


def _take(connection: Connection, series_id: int, rows: Sequence[Mapping[str, Any]]) -> int:
    """Puts pages into the frontier of the series; answers how many are new to it."""
    are_these = page.c.url_sha256.in_([row["url_sha256"] for row in rows])
    shares.put_by(connection, and_(are_these, page.c.story_id.is_(None)), series_id)
    new = len(connection.execute(insert_for(connection, discover), rows).all())
    shares.want(connection, series_id, rows)
    return new


def _without_own(connection: Connection, series_id: int, found: Sequence[Discovery]) -> Sequence[Discovery]:
    """Without pages that another series holds and this one knows: they come back when they are due for it."""
    own = shares.known(connection, series_id, [url_digest(link.url) for link in found])
    if not own:
        return found
    at = [(link, *own.get(url_digest(link.url), (None, None))) for link in found]
    # A page that was refused for its title is read again when a 往期 block names it.
    heard = {number for link, number, outcome in at if link.via == NAMED and outcome == "out_of_scope" and number}
    shares.take_back(connection, series_id, heard)
    return [link for link, number, _ in at if number is None or number in heard]


def _places(connection: Connection, urls: Collection[str]) -> dict[bytes, tuple[int, int]]:
    """Id and depth of each page, by the digest of its URL."""
    if not urls:
        return {}
    found = connection.execute(_place, {"digests": [url_digest(url) for url in urls]})
    return {row.url_sha256: (row.id, row.depth) for row in found}


FOREIGN: Final = "foreign"


_foreign = (
    select(page.c.url_sha256)
    .join(ruling, ruling.c.page_id == page.c.id)
    .where(page.c.url_sha256.in_(bindparam("digests", expanding=True)))
    .where(ruling.c.series_id == bindparam("series"), ruling.c.kind == FOREIGN, ruling.c.undone_at.is_(None))
)


def foreign_among(connection: Connection, of_series: int, addresses: Iterable[str]) -> frozenset[str]:
    """Those of the canonical URLs that a person has put out of the series."""
    digests = {url_digest(url): url for url in addresses}
    found = connection.scalars(_foreign, {"digests": list(digests), "series": of_series}) if digests else ()
    return frozenset(digests[digest] for digest in found)
