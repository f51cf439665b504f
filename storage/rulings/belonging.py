"""Which pages a person has put into a series or out of it. Each function runs inside a transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, func, not_, null, or_, select, update

from storage.db.errors import UndecidableError, UnknownTextError
from storage.frontier import due, shares
from storage.frontier.discovery import FOREIGN
from storage.frontier.series import learn_cadence, series_id
from storage.rows import DoubtfulRow
from storage.schema import mention, page, ruling, series, story
from wangqi import urls

BELONGS: Final = "belongs"
COLUMNS: Final = (due.LISTING, due.FURTHER)
_KEPT: Final = (
    "series_id",
    "state",
    "due_at",
    "outcome",
    "reason",
    "depth",
    "via",
)  # what a decision changes of a page


def is_foreign(page_id: ColumnElement[int], of_series: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that a person has put the page out of the series."""
    rulings = select(ruling.c.id).where(ruling.c.page_id == page_id, ruling.c.series_id == of_series)
    return rulings.where(ruling.c.kind == FOREIGN, ruling.c.undone_at.is_(None)).exists()


def place_of(connection: Connection, wanted: int | str | None, url: str, word: str, now: datetime) -> tuple[int, int]:
    """The ids of the series and the page that a decision is about; a page that nobody knew is made.

    Raises:
        UnknownTextError: when the archive knows no such page, and does not know for which series it should.
        UndecidableError: when the catalogue itself names the page that is to be foreign.
    """
    query = select(page).where(page.c.url_sha256 == urls.url_digest(url))
    known = connection.execute(query).first()
    if known is None:
        if wanted is None or word == FOREIGN:
            advice = "" if word == FOREIGN else " Name the series that it belongs to: --series NAME."
            raise UnknownTextError(f"The archive knows no page {url}.{advice}")
        due.seed(connection, series_id(connection, wanted), [url], now, watch=False)
        known = connection.execute(query).one()
    of_series = series_id(connection, wanted if wanted is not None else known.series_id)
    if word == FOREIGN and known.watch and known.series_id == of_series:
        raise UndecidableError(f"{url} is where the series starts, or is watched. Take it out of series.toml first.")
    return of_series, int(known.id)


def let_in(connection: Connection, of_series: int, page_id: int, by: str, now: datetime) -> dict[str, Any]:
    """The page is read as one that a person named; a story that had been put out counts again."""
    before = _before(connection, [page_id])
    shares.take_back(connection, of_series, [page_id])  # who holds it now keeps its account
    # Depth 0 is a person's: nothing that the page says speaks against it.
    values = {"series_id": of_series, "depth": 0, "state": "due", "due_at": now, "reason": f"{by} said that it belongs"}
    connection.execute(update(page).where(page.c.id == page_id).values(values | {"run_id": null()}))
    mine = select(page.c.story_id).where(page.c.id == page_id).scalar_subquery()
    connection.execute(update(story).where(story.c.id == mine).values(is_foreign=False))
    return before


def put_out(connection: Connection, of_series: int, page_id: int, by: str, now: datetime) -> dict[str, Any]:  # noqa: ARG001 - as let_in
    """The page, and its story with all pages that carry it, is no longer the series'; every byte of it stays."""
    story_id = connection.scalar(select(page.c.story_id).where(page.c.id == page_id))
    mine = page.c.id == page_id if story_id is None else or_(page.c.id == page_id, page.c.story_id == story_id)
    pages = list(connection.scalars(select(page.c.id).where(mine, page.c.series_id == of_series)))
    lines = select(mention.c.id).where(mention.c.page_id.in_(pages), mention.c.current)
    before = _before(connection, pages, story_id, connection.scalars(lines).all())
    values = {
        "state": "done",
        "due_at": None,
        "outcome": "out_of_scope",
        "reason": f"{by} said that it is not of this series",
    }
    connection.execute(update(page).where(page.c.id.in_(pages)).values(values))
    connection.execute(update(mention).where(mention.c.id.in_(before["lines"])).values(current=False))
    connection.execute(update(story).where(story.c.id == story_id).values(is_foreign=True))
    learn_cadence(connection, of_series)
    return before


def doubtful(
    connection: Connection, wanted: int | str | None, tried: Sequence[str], limit: int | None
) -> list[DoubtfulRow]:
    """Newest first; of one series, or of all."""
    title = func.coalesce(story.c.title, page.c.title)
    was_refused = and_(page.c.outcome == "out_of_scope", page.c.story_id.is_(None), page.c.via.not_in(COLUMNS))
    was_tried = and_(page.c.found_reason.in_(tried), page.c.story_id.is_not(None), not_(story.c.is_foreign))
    query = (
        select(
            *(series.c.name.label("series"), title.label("title"), page.c.story_id, page.c.url),
            *(page.c.reason, page.c.found_reason),
        )
        .join(series, series.c.id == page.c.series_id)
        .outerjoin(story, story.c.id == page.c.story_id)
        .where(or_(was_refused, was_tried))
        .order_by(page.c.id.desc())
        .limit(limit)
    )
    if wanted is not None:
        query = query.where(page.c.series_id == series_id(connection, wanted))
    return [DoubtfulRow(**row._asdict()) for row in connection.execute(query)]


def named_on(connection: Connection, url: str) -> list[str]:
    """In the order of the lines."""
    lines = (
        select(mention.c.url)
        .join(page, page.c.id == mention.c.page_id)
        .where(page.c.url_sha256 == urls.url_digest(url), mention.c.current, mention.c.url.is_not(None))
        .order_by(mention.c.position)
    )
    return list(dict.fromkeys(connection.scalars(lines)))


def restore(connection: Connection, before: Mapping[str, Any]) -> None:
    """Makes everything as it was before the decision."""
    for row in before["pages"]:
        values = dict(row) | {"due_at": datetime.fromisoformat(row["due_at"]) if row["due_at"] else None}
        connection.execute(update(page).where(page.c.id == values.pop("id")).values(values))
    connection.execute(update(mention).where(mention.c.id.in_(before["lines"])).values(current=True))
    connection.execute(update(story).where(story.c.id == before["story"]).values(is_foreign=before["was_foreign"]))


def wake(connection: Connection, page_ids: Sequence[int], now: datetime) -> None:
    """Makes the pages due: they may have changed since they were put out."""
    connection.execute(update(page).where(page.c.id.in_(page_ids)).values(state="due", due_at=now))


def _before(
    connection: Connection, page_ids: Sequence[int], story_id: int | None = None, lines: Sequence[int] = ()
) -> dict[str, Any]:
    if story_id is None and len(page_ids) == 1:
        story_id = connection.scalar(select(page.c.story_id).where(page.c.id == page_ids[0]))
    rows = connection.execute(select(page.c.id, *(page.c[name] for name in _KEPT)).where(page.c.id.in_(page_ids)))
    return {
        "pages": [row._asdict() | {"due_at": row.due_at.isoformat() if row.due_at else None} for row in rows],
        "lines": list(lines),
        "story": story_id,
        "was_foreign": bool(connection.scalar(select(story.c.is_foreign).where(story.c.id == story_id))),
    }
