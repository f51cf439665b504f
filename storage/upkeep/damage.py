"""What is found damaged, and which part of an archive is looked at."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar
from zlib import crc32

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select
from sqlalchemy.exc import DBAPIError

from storage.db.errors import BusyError, ConnectionLostError, archive_error, cause_of
from storage.schema import page, revision, story

T = TypeVar("T")

MENDED: Final = "`{program} repair` mends it"
FETCHED: Final = "`{program} repair` has its page read again by the next crawl; the same bytes mend it"
LOST: Final = "restore it from a backup; nothing here can make it anew"
RECOVERED: Final = (
    "keep a copy of the file as it is, run `{program} repair`; what that cannot mend, restore from a backup"
)
_NAMED: Final = 5  # stories that one damage is told of
_BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Hurt:
    """A story that a damage is about."""

    story_id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One thing that is not as it was stored.

    Attributes:
        check: The check that found it; one of `CHECKS`.
        key: Of the row, as the tables have it; None where it is no row.
        advice: What to do; `{program}` stands for the word before a command.
    """

    check: str
    thing: str
    fact: str
    advice: str
    key: int | bytes | None = None
    stories: Sequence[Hurt] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The part `number` of so many equal ones, 1 being the first; every row and table is in exactly one of them.

    >>> Part(2, 4).digests()[0].hex()[:4], Part(2, 4).digests()[1].hex()[:4]
    ('4000', '8000')
    """

    number: int = 1
    of: int = 1

    @property
    def is_whole(self) -> bool:
        return self.of == 1

    def has_name(self, name: str) -> bool:
        return crc32(name.encode()) % self.of == self.number - 1

    def among(self, column: ColumnElement[int]) -> ColumnElement[bool]:
        """That an id is of this part."""
        return column % self.of == self.number - 1

    def digests(self) -> tuple[bytes, bytes]:
        """The first SHA-256 of this part, and the first behind it."""
        first, behind = ((place << 256) // self.of for place in (self.number - 1, self.number))
        return first.to_bytes(32), behind.to_bytes(33 if behind >> 256 else 32)

    def between(self, column: ColumnElement[bytes]) -> ColumnElement[bool]:
        """That a digest is of this part."""
        first, behind = self.digests()
        return column >= first if self.number == self.of else and_(column >= first, column < behind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """What a check is given.

    Attributes:
        place: The archive's address.
        tell: Is told how many things have been looked at, and of how many.
        note: Is told what could not be looked at, and why.
    """

    connection: Connection
    place: str
    part: Part
    tell: Callable[[int, int], None]
    note: Callable[[str], None]

    def attempt(self, ask: Callable[[], T]) -> T | str:
        """The answer, or what kept the database from it, where that is damage.

        Raises:
            ArchiveError: for what speaks of a server or a neighbour, and not of what is stored.
        """
        try:
            # PostgreSQL answers nothing more in a transaction in which something has failed.
            with self.connection.begin_nested() if self.connection.dialect.name == "postgresql" else nullcontext():
                return ask()
        except DBAPIError as error:
            whole = archive_error(error, self.place)
            if isinstance(whole, BusyError | ConnectionLostError):
                raise whole from error
            return cause_of(error)

    def rows(
        self, query: Select[*tuple[Any, ...]], key: ColumnElement[Any], keys: Sequence[Any]
    ) -> Iterator[tuple[Any, Any]]:
        """Each key with its row; with None where there is none, and with what the database says where it is torn."""
        for at in range(0, len(keys), _BATCH):
            some = keys[at : at + _BATCH]
            # One torn row spoils the answer for all of them: then each is asked for alone.
            found = self._ask(query, key, some)
            for each in some:
                one = self._ask(query, key, [each]) if isinstance(found, str) else found
                yield each, one if isinstance(one, str) else one.get(each)
            self.tell(min(len(keys), at + _BATCH), len(keys))

    def keys(self, column: ColumnElement[Any], *where: ColumnElement[bool]) -> list[Any]:
        """All of the table that are of this part, in their order."""
        return list(self.connection.scalars(select(column).where(*where).order_by(column)))

    def hurt(self, by: Select[*tuple[Any, ...]]) -> tuple[Hurt, ...]:
        """The stories of an answer that names them by their ids; none where it cannot be had."""
        found = select(story.c.id, story.c.title, page.c.url).where(story.c.id.in_(by))
        found = found.outerjoin(revision, revision.c.id == story.c.canonical_revision_id)
        found = found.outerjoin(page, page.c.id == revision.c.page_id).order_by(story.c.id)
        answer = self.attempt(lambda: self.connection.execute(found.limit(_NAMED)).all())
        return (
            () if isinstance(answer, str) else tuple(Hurt(row.id, str(row.title), str(row.url or "")) for row in answer)
        )

    def _ask(
        self, query: Select[*tuple[Any, ...]], key: ColumnElement[Any], keys: Sequence[Any]
    ) -> dict[Any, Row[*tuple[Any, ...]]] | str:
        asked = query.add_columns(key.label("asked_by")).where(key.in_(keys))
        return self.attempt(lambda: {row.asked_by: row for row in self.connection.execute(asked)})


def first_few(things: Iterable[str], most: int = 3) -> str:
    """A list that ends with how many more there are."""
    coming = list(things)
    more = len(coming) - most
    return ", ".join(islice(coming, most)) + (f" and {more} more" if more > 0 else "")
