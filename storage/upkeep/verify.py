"""Everything that an archive keeps, read and held beside what it was stored as. Nothing is changed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from storage.db.engine import archive_engine, is_in_memory
from storage.db.errors import (
    ArchiveError,
    CannotOpenError,
    DamagedError,
    RefusedError,
    archive_error,
    cannot_open,
    cause_of,
    masked,
)
from storage.db.migrate import bring_up_to_date
from storage.upkeep.contents import check_pages, check_payloads, check_revisions, check_stories, check_texts
from storage.upkeep.damage import RECOVERED, Damage, Looking, Part
from storage.upkeep.database import check_database, check_references
from storage.upkeep.manifests import check_manifests
from storage.upkeep.search import check_search

Check = Callable[[Looking], Iterator[Damage]]
CHECKS: Final[Mapping[str, Check]] = {
    "database": check_database,
    "payloads": check_payloads,
    "texts": check_texts,
    "revisions": check_revisions,
    "pages": check_pages,
    "stories": check_stories,
    "references": check_references,
    "manifests": check_manifests,
    "search": check_search,
}


class Ears(NamedTuple):
    """Who is told how a verification gets on.

    Attributes:
        tell: The check, how many things it has looked at, and of how many.
        note: What could not be looked at, and why.
    """

    tell: Callable[[str, int, int], None] = lambda *_: None
    note: Callable[[str], None] = lambda _: None


def verify(url: str, part: Part = Part(), ears: Ears = Ears()) -> Iterator[Damage]:  # noqa: B008 - both are frozen
    """Each damage as it is found; none means that the part is sound.

    Raises:
        CannotOpenError: There is no archive, or one of another release.
    """
    engine = archive_engine(url, read_only=True)
    try:
        if is_in_memory(engine):
            raise CannotOpenError(f"{masked(url)!r} is an archive in memory, which is gone before it can be damaged.")
        try:
            bring_up_to_date(engine, masked(url), read_only=True)
        except (ArchiveError, DBAPIError) as error:
            whole = cannot_open(error, url) if isinstance(error, DBAPIError) else error
            if not isinstance(whole, DamagedError):
                raise whole from error
            yield Damage(check="database", thing="the database", fact=cause_of(error), advice=RECOVERED)
            return
        for name in CHECKS:
            yield from _checked(engine, url, name, part, ears)
    finally:
        engine.dispose()


def _checked(engine: Engine, url: str, name: str, part: Part, ears: Ears) -> Iterator[Damage]:
    # One snapshot a check: a crawl may be writing.
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    counted = 0

    def tell(done: int, of: int) -> None:
        nonlocal counted
        counted = of
        ears.tell(name, done, of)

    try:
        with engine.connect().execution_options(**options) as connection:
            looking = Looking(connection=connection, place=url, part=part, tell=tell, note=ears.note)
            yield from CHECKS[name](looking)
    except DBAPIError as error:
        whole = archive_error(error, url)
        if whole is not None and not isinstance(whole, DamagedError | RefusedError):
            raise whole from error
        yield Damage(check=name, thing="the database", fact=cause_of(error), advice=RECOVERED)
    ears.tell(name, counted, counted)
