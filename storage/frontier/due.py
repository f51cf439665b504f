"""The frontier: which pages are to be fetched, by which run, when. Each function runs inside a transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
    update,
)

from storage.db.dialects import Inserts, insert_for
from storage.frontier import shares
from storage.frontier.shares import UNREAD
from storage.rows import DuePage, FrontierCounts
from storage.schema import page, ruling, share
from wangqi.series.revisits import asks_whole
from wangqi.urls import host_of, url_digest
from wangqi.versions import RULED
from wangqi.visit import HEARD_AGAIN

LEASE: Final = timedelta(hours=1)  # after it another run may take the page
WATCHED: Final = "watch"
EVERYTHING: Final = "all"
LISTING: Final = "listing"
FURTHER: Final = "page"  # the kind of link that turns the pages of a listing
LEAD: Final = "lead"  # that to a page which may list something of the series
PART: Final = "part"  # the outcome of a piece of a story, its relation to it, and how it was found
ENTRY: Final = "entry"  # that of a row of a listing
NAMED: Final = "series"  # the kind of link that a 往期 block is made of
_FOUND: Final = ("via", "title", "found_reason", "discovered_from", "depth")
_ADOPTED: Final = ("series_id", "state", "due_at", *_FOUND)

_not_of_this_run = or_(page.c.run_id.is_(None), page.c.run_id != bindparam("run"))
_due = (
    select(page.c.id)
    .where(page.c.series_id == bindparam("series"), page.c.state == "due", page.c.due_at <= bindparam("now"))
    .where(_not_of_this_run)
    .order_by(page.c.due_at, page.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_lease = (
    update(page)
    .where(page.c.id.in_(_due.scalar_subquery()))
    .values(state="leased", lease_run_id=bindparam("run"), lease_until=bindparam("until"))
    .returning(
        page.c.id.label("page_id"),
        *(page.c.url, page.c.via, page.c.title, page.c.attempts, page.c.etag, page.c.last_modified, page.c.depth),
        *(page.c.outcome, page.c.due_at, page.c.found_reason.label("reason"), page.c.unchanged_times, page.c.row_count),
    )
)
# Of a page: a person has put it out of the series that it stands under.
is_put_out = (
    select(ruling.c.id)
    .where(ruling.c.page_id == page.c.id, ruling.c.series_id == page.c.series_id)
    .where(ruling.c.kind == "foreign", ruling.c.undone_at.is_(None))
    .exists()
)
_leased = update(page).where(page.c.series_id == bindparam("series"), page.c.state == "leased")
_released: Final[dict[str, Any]] = {"state": "due", "lease_run_id": None, "lease_until": None}


def new_page(url: str, series_id: int, now: datetime, *, via: str, depth: int) -> dict[str, Any]:
    """The row of a page that is due at once."""
    return {
        "url_sha256": url_digest(url),
        "url": url,
        "host": host_of(url),
        "series_id": series_id,
        "via": via,
        "depth": depth,
        "title": None,
        "found_reason": "",
        "discovered_from": None,
        "discovered_at": now,
        "state": "due",
        "due_at": now,
    }


def _adopting(statement: Any) -> Any:  # noqa: ANN401 - the two dialects' Inserts share no class of their own
    # A page that carries no story goes to the series that wants it now (`shares` keeps the other's account of it); a
    # neighbour refused for its title is read again when a 往期 block names it, and any page that was refused too early.
    given = statement.excluded
    refused = page.c.outcome == "out_of_scope"
    is_other = page.c.series_id != given.series_id
    elsewhere = and_(is_other, page.c.story_id.is_(None))
    # A page that no run has read was left out by limits, and those may have changed.
    is_heard = and_(_begins(given, HEARD_AGAIN), not_(_begins(page.c, HEARD_AGAIN)))
    named_now = and_(refused, given.via == NAMED, or_(page.c.via != NAMED, page.c.run_id.is_(None), is_heard))
    # A rule of the catalogue may name it now that did not when it was read.
    ruled_now = and_(or_(refused, page.c.outcome == PART), _begins(given, RULED), not_(_begins(page.c, RULED)))
    return statement.on_conflict_do_update(
        index_elements=["url_sha256"],
        # A bound value here would make SQLAlchemy insert row by row.
        set_={name: given[name] for name in _ADOPTED} | {name: _unread(is_other, name) for name in UNREAD},
        where=and_(page.c.state != "leased", or_(elsewhere, named_now, ruled_now)),
    ).returning(page.c.id)


def _begins(row: Any, reason: str) -> ColumnElement[bool]:  # noqa: ANN401 - a table's columns, or those of a given row
    return func.substr(row.found_reason, 1, len(reason)) == reason


def _unread(is_other: ColumnElement[bool], name: str) -> Any:  # noqa: ANN401 - of any column
    blank: ColumnElement[Any] = literal_column({None: "NULL", 0: "0", "": "''"}[UNREAD[name]])
    return null() if name == "run_id" else case((is_other, blank), else_=page.c[name])


def _seeding(statement: Any) -> Any:  # noqa: ANN401 - an Insert of either dialect, which share no class
    given = statement.excluded
    free = page.c.state != "leased"
    # A page that is watched from now on, or by another series, is read in the run that asks for it.
    newly = and_(free, given.watch, or_(not_(page.c.watch), page.c.series_id != given.series_id))
    # Another series, or another run, may have found it by a weak link and refused it: a person knows better.
    anew = and_(free, or_(page.c.series_id != given.series_id, page.c.outcome == "out_of_scope"))
    return statement.on_conflict_do_update(
        index_elements=["url_sha256"],
        set_={
            "series_id": case((free, given.series_id), else_=page.c.series_id),
            "watch": or_(page.c.watch, given.watch),
            "state": case((newly, "due"), else_=page.c.state),
            "due_at": case((newly, given.due_at), else_=page.c.due_at),
            **{name: case((anew, given[name]), else_=page.c[name]) for name in _FOUND},
        },
    )


discover: Final = Inserts(page, _adopting)
exclude: Final = Inserts(page, lambda statement: statement.on_conflict_do_nothing(index_elements=["url_sha256"]))
_seed: Final = Inserts(page, _seeding)


def seed(connection: Connection, series_id: int, urls: Iterable[str], now: datetime, *, watch: bool) -> int:
    """Puts pages that a person named into the frontier; answers how many the archive did not know."""
    before = connection.scalar(select(func.count()).select_from(page).where(page.c.series_id == series_id)) or 0
    rows = [new_page(url, series_id, now, via="entry", depth=0) | {"watch": watch} for url in urls]
    if rows:
        known = select(page.c.id).where(page.c.url_sha256.in_([row["url_sha256"] for row in rows]))
        shares.take_back(connection, series_id, connection.scalars(known.where(page.c.series_id != series_id)).all())
        connection.execute(insert_for(connection, _seed), rows)
    after = connection.scalar(select(func.count()).select_from(page).where(page.c.series_id == series_id)) or 0
    return after - before


def claim(connection: Connection, series_id: int, run_id: int, limit: int, now: datetime) -> list[DuePage]:
    """Leases the pages that have been due the longest. A run meets a page at most once."""
    expired = _leased.where(page.c.lease_until < now, page.c.lease_run_id != run_id).values(_released)
    connection.execute(expired, {"series": series_id})
    shares.take_due(connection, series_id, run_id, limit, now)
    found = connection.execute(
        _lease, {"series": series_id, "run": run_id, "now": now, "most": limit, "until": now + LEASE}
    )
    rows = sorted((row._asdict() for row in found), key=lambda row: (row.pop("due_at"), row["page_id"]))
    return [DuePage(**row | _conditions(row.pop("unchanged_times"), row.pop("row_count"))) for row in rows]


def _conditions(unchanged_times: int, row_count: int | None) -> dict[str, Any]:
    """Without validators once the server has said "not changed" too often: then the whole page is asked for."""
    is_whole = asks_whole(unchanged_times, lists=row_count is not None)
    return {"etag": None, "last_modified": None} if is_whole else {}


def release_leases(connection: Connection, series_id: int) -> int:
    """Makes every leased page of the series due again; for the start of a run, when no other run of it lives."""
    return connection.execute(_leased.values(_released), {"series": series_id}).rowcount


def wake_unread(connection: Connection, series_id: int, now: datetime) -> None:
    """Pages that were found and that no run has read are due at once, also by a clock that was ahead when they were."""
    ahead = and_(page.c.series_id == series_id, page.c.state == "due", page.c.outcome.is_(None), page.c.due_at > now)
    connection.execute(update(page).where(ahead).values(due_at=now))


def make_watched_due(connection: Connection, series_id: int, now: datetime, *, everything: bool) -> None:
    """Watch pages and the first pages of listings are read once in every run; `everything`: their later pages too.

    Listings whose last visit failed, or that were never read, are among them; so is what was looked at and lists lists
    of the series, as the front page of a magazine does its issues, or was looked at by a run that was cut short.
    """
    idle = update(page).where(page.c.series_id == series_id, page.c.state != "leased")
    wake = {"state": "due", "due_at": now}
    in_trouble = and_(page.c.unconfirmed_since.is_not(None), or_(page.c.row_count.is_not(None), page.c.via == LISTING))
    led = page.alias()
    is_led = and_(led.c.series_id == series_id, led.c.via == LEAD, led.c.outcome == LISTING)
    leads_to_lists = page.c.id.in_(select(led.c.discovered_from).where(is_led, led.c.discovered_from.is_not(None)))
    looked_at = and_(page.c.outcome == "out_of_scope", page.c.via.in_((LEAD, FURTHER)))
    in_vain = looked_at if everything else and_(looked_at, leads_to_lists)
    listings = idle.where(or_(page.c.outcome == LISTING, in_trouble, in_vain))
    connection.execute((listings if everything else listings.where(page.c.via != FURTHER)).values(wake))
    connection.execute(idle.where(page.c.watch, page.c.outcome.is_not(None)).values(wake))
    columns = or_(share.c.outcome == LISTING, share.c.unconfirmed_since.is_not(None))
    first = columns if everything else and_(columns, share.c.via != FURTHER)
    shares.wake(connection, series_id, or_(first, share.c.watch), now)


def wake_further(
    connection: Connection, series_id: int, run_id: int | None, urls: Sequence[str], now: datetime
) -> None:
    """Makes the first of these later pages of a listing due that this run has not read, whichever series had it."""
    digests = [url_digest(url) for url in urls]
    known = select(page.c.url_sha256, page.c.id).where(page.c.url_sha256.in_(digests), page.c.outcome == LISTING)
    unread = known.where(page.c.state != "leased", or_(page.c.run_id.is_(None), page.c.run_id != run_id))
    found = {row.url_sha256: row.id for row in connection.execute(unread)}
    first = next((found[digest] for digest in digests if digest in found), None)
    if first is not None:
        shares.take_back(connection, series_id, [first])
        woken = {"series_id": series_id, "state": "due", "due_at": now, "etag": None, "last_modified": None}
        connection.execute(update(page).where(page.c.id == first).values(woken))


def make_due(connection: Connection, series_id: int, which: Sequence[str], now: datetime) -> int:
    """Makes pages due now, whatever their rhythm says, with their attempts forgiven.

    `which` holds outcome words, `watch`, `all`, or URLs; pages of the last two are asked for without conditions.
    """
    urls = [url_digest(word) for word in which if "://" in word]
    chosen: list[ColumnElement[bool]] = [
        page.c.outcome.in_([word for word in which if "://" not in word]),
        page.c.url_sha256.in_(urls),
    ]
    if WATCHED in which:
        chosen.append(page.c.watch)
    wanted = update(page).where(page.c.series_id == series_id, page.c.state != "leased", not_(is_put_out))
    # The parts of a story are asked for by its own page.
    wanted = wanted.where(func.coalesce(page.c.outcome, "") != PART if EVERYTHING in which else or_(*chosen))
    urls_of = select(page.c.id).where(page.c.url_sha256.in_(urls))
    chosen_shares = or_(share.c.outcome.in_(which), share.c.page_id.in_(urls_of))
    wanted_shares = true() if EVERYTHING in which else chosen_shares
    shares.wake(connection, series_id, wanted_shares, now, attempts=0, etag=None, last_modified=None)
    is_whole = true() if EVERYTHING in which else page.c.url_sha256.in_(urls)
    whole = {name: case((is_whole, null()), else_=page.c[name]) for name in ("etag", "last_modified")}
    return connection.execute(wanted.values(state="due", due_at=now, attempts=0, **whole)).rowcount


def counts(connection: Connection, series_id: int, now: datetime) -> FrontierCounts:
    word = case((and_(page.c.state == "due", page.c.due_at > now), "later"), else_=page.c.state)
    rows = connection.execute(select(word, func.count()).where(page.c.series_id == series_id).group_by(word))
    return FrontierCounts(**{str(state): number for state, number in rows})
