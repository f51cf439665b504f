"""What can be made anew of a damaged archive, from what is left sound of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, delete, not_, select, text, update
from sqlalchemy.exc import DBAPIError

from storage.db.engine import WRITE_LOCK, archive_engine
from storage.db.errors import DamagedError, RefusedError, archive_error, cause_of
from storage.locks import SeriesBusy, is_free
from storage.recording import payloads
from storage.schema import capture, file, lsh_band, metadata, page, paragraph, revision, sentence, series, story
from storage.schema import text as words
from storage.texts.texts import digest
from storage.upkeep.damage import Damage
from storage.works import search_index
from storage.works.canonical import COPIED
from wangqi.text.forms import match_key
from wangqi.urls import url_digest

Key = int | bytes | None
Reread = Callable[[bytes, str, dict[str, str]], str | None]  # the text of a page's bytes, or None
_TURN: Final = text("SELECT pg_advisory_xact_lock(:lock)")
_FRESH: Final = {"etag": None, "last_modified": None, "payload_sha256": None, "attempts": 0}
_sources = (
    select(capture.c.payload_sha256, capture.c.url, capture.c.headers)
    .join(revision, revision.c.capture_id == capture.c.id)
    .where(revision.c.text_id == bindparam("text"), capture.c.payload_sha256.is_not(None))
    .order_by(revision.c.id)
)


@dataclass(frozen=True, slots=True)
class Mending:
    """One thing that can be done.

    Attributes:
        work: Does it, inside a transaction; answers what came of it.
    """

    thing: str
    fact: str
    work: Callable[[Connection], str]


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of it, or what was in its way."""

    thing: str
    fact: str
    came: str
    is_done: bool


def refuse_company(url: str) -> None:
    """Raises SeriesBusy where a crawl is running: what it writes would cross what is mended."""
    engine = archive_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            names = list(connection.scalars(select(series.c.name)))
    except DBAPIError:
        names = []
    finally:
        engine.dispose()
    for name in names:
        if not is_free(url, name):
            raise SeriesBusy(f"A crawl of the series {name!r} is running. Repair when it has ended.")


def plan(url: str, damages: Sequence[Damage], reread: Reread) -> list[Mending]:
    """What can be done about these, in the order in which it has to be done; leftover leases are freed in any case."""
    checks = {one.check for one in damages}
    wanted: list[Mending] = []
    if "database" in checks or any(one.key is None for one in damages):
        wanted.append(Mending("the indexes", "they are made anew from the rows", _reindex))
    for one in damages:
        if one.check == "texts":
            wanted.append(Mending(one.thing, _TEXT, partial(_text, text_id=one.key, reread=reread)))
        elif one.check in _OF_ROWS and one.key is not None:
            fact, work = _OF_ROWS[one.check]
            wanted.append(Mending(one.thing, fact, partial(work, key=one.key)))
    if any(one.thing.split(".")[0] in _DERIVED for one in damages if one.check == "references"):
        wanted.append(Mending("the fingerprints", "those of texts that are gone are dropped", _drop_orphans))
    if checks & {"search", "texts", "stories"}:
        wanted.append(Mending("the search index", "it is made anew from the titles and texts", _index_again))
    leases = _leases(url)
    if leases:
        fact = f"{leases} pages are leased to crawls that have died; they are due again"
        wanted.append(Mending("the frontier", fact, _free))
    return wanted


def mend(url: str, wanted: Sequence[Mending]) -> Iterator[Mended]:
    """Does one after the other, each in a transaction of its own."""
    engine = archive_engine(url)
    try:
        for one in wanted:
            yield _carried_out(engine, url, one)
    finally:
        engine.dispose()


def _carried_out(engine: Engine, url: str, one: Mending) -> Mended:
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(_TURN, {"lock": WRITE_LOCK})
            return Mended(one.thing, one.fact, one.work(connection), is_done=True)
    except _Unmendable as error:
        return Mended(one.thing, one.fact, str(error), is_done=False)
    except DBAPIError as error:
        whole = archive_error(error, url)
        if whole is not None and not isinstance(whole, DamagedError | RefusedError):
            raise whole from error
        return Mended(one.thing, one.fact, cause_of(error), is_done=False)


class _Unmendable(Exception):  # noqa: N818 - an answer, of which the transaction is rolled back
    """Why it cannot be done."""


_DERIVED: Final = {"lsh_band", "sentence", "paragraph"}


def _reindex(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("REINDEX")
        return "all indexes are made anew"
    for table in metadata.sorted_tables:
        connection.exec_driver_sql(f"REINDEX TABLE {table.name}")
    return "all indexes are made anew"


def _text(connection: Connection, text_id: Key, reread: Reread) -> str:
    row = connection.execute(select(words.c.sha256, words.c.body).where(words.c.id == text_id)).first()
    if row is None:
        raise _Unmendable("its row is gone")
    body, came = row.body, "its key and length are those of its words again"
    if digest(body) != row.sha256:
        body = _read_again(connection, text_id, row.sha256, reread)
        came = "its words are read anew, and have the digest that they were stored with"
    values = {"body": body, "chars": len(body), "key_sha256": digest(match_key(body))}
    connection.execute(update(words).where(words.c.id == text_id).values(values))
    return came


def _read_again(connection: Connection, text_id: Key, sha256: bytes, reread: Reread) -> str:
    for source in connection.execute(_sources, {"text": text_id}).all():
        try:
            body = payloads.load(connection, source.payload_sha256)
        except ValueError:
            continue
        found = reread(body, source.url, source.headers) if body is not None else None
        if found is not None and digest(found) == sha256:
            return found
    raise _Unmendable("its pages, as they are kept, do not yield the very same text any more")


def _address(connection: Connection, key: Key) -> str:
    kept = select(page.c.url, page.c.url_sha256).where(page.c.id == key)
    row = connection.execute(kept).one()
    fetched = connection.scalars(select(capture.c.url).where(capture.c.page_id == key))
    for url in fetched.all():
        if url_digest(url) == row.url_sha256:
            connection.execute(update(page).where(page.c.id == key).values(url=url))
            return f"its address is {url} again, as it was fetched"
        if url == row.url:
            connection.execute(update(page).where(page.c.id == key).values(url_sha256=url_digest(url)))
            return "its digest is that of its address again, as it was fetched"
    raise _Unmendable("nothing tells which of the two is right")


def _copy(connection: Connection, key: Key) -> str:
    columns = [revision.c[name] for name in COPIED]
    stands = select(*columns).join(story, story.c.canonical_revision_id == revision.c.id).where(story.c.id == key)
    row = connection.execute(stands).one()
    connection.execute(update(story).where(story.c.id == key).values(**row._asdict()))
    return "it has them as its revision has them"


def _ask(connection: Connection, key: Key) -> str:
    of_it = select(capture.c.page_id).where(capture.c.payload_sha256 == key)
    asked = update(page).where(page.c.id.in_(of_it), page.c.payload_sha256 == key)
    due = {**_FRESH, "state": "due", "due_at": datetime.now(UTC)}
    urls = list(connection.scalars(asked.values(due).returning(page.c.url)))
    shown = update(file).where(file.c.payload_sha256 == key).values(outcome=None, run_id=None)
    urls += connection.scalars(shown.returning(file.c.url))
    if not urls:
        raise _Unmendable("its pages have had other bytes since: only a backup has these")
    return f"due without conditions: {' '.join(urls)}"


def _drop_orphans(connection: Connection) -> str:
    gone = 0
    for table in (lsh_band, sentence, paragraph):
        kept = select(words.c.id).where(words.c.id == table.c.text_id).exists()
        gone += connection.execute(delete(table).where(not_(kept))).rowcount
    return f"{gone} rows are gone"


def _index_again(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'story_fts'").scalar_one()
        connection.exec_driver_sql("DROP TABLE story_fts")
        connection.exec_driver_sql(made)
    else:
        connection.exec_driver_sql("DELETE FROM story_fts")
    return f"it has {search_index.fill(connection)} stories"


def _leases(url: str) -> int:
    engine = archive_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            return len(connection.scalars(select(page.c.id).where(page.c.state == "leased")).all())
    except DBAPIError:
        return 0
    finally:
        engine.dispose()


def _free(connection: Connection) -> str:
    free = {"state": "due", "lease_run_id": None, "lease_until": None}
    return f"{connection.execute(update(page).where(page.c.state == 'leased').values(free)).rowcount} pages are due"


_TEXT: Final = "its key and length are worked out anew, or its words are read anew from the kept bytes of its page"
# By the check that found a row damaged.
_OF_ROWS: Final[dict[str, tuple[str, Callable[..., str]]]] = {
    "pages": ("its address and its digest are brought together", _address),
    "stories": ("it takes its title, dates and credits from its revision", _copy),
    "payloads": ("the pages whose bytes it is are read anew by the next crawl", _ask),
}
