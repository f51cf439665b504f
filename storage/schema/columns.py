"""The column types and the naming rules that every table shares."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Dialect, Float, Integer, MetaData, Text
from sqlalchemy.types import REAL, TypeDecorator, TypeEngine

from wangqi.text.sanitise import storable, storable_key, written

_MOST: Final = 2**31 - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A STRICT table of SQLite knows INTEGER, REAL, TEXT and BLOB, and nothing else.
Whole: TypeEngine[int] = BigInteger().with_variant(Integer, "sqlite")
Score: TypeEngine[float] = Float().with_variant(REAL, "sqlite")


class Number(TypeDecorator[int]):
    """A number that a page, a server or a file has said: what no column of 32 bits holds is none."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, _: Dialect) -> int | None:
        return value if value is not None and -_MOST <= value <= _MOST else None


class Place(Number):
    """Where a line stands in its list, by its own number: one that is too large stands last."""

    cache_ok = True

    def process_bind_param(self, value: int | None, _: Dialect) -> int | None:
        return None if value is None else max(-_MOST, min(_MOST, value))


class Words(TypeDecorator[str]):
    """Text. Every string on its way into the database passes `storable` here, and nowhere else."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return None if value is None else storable(value)


class Key(Words):
    """Text that is looked up by an index: cut to `LONGEST_KEY` characters, in rows and in questions alike."""

    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return None if value is None else storable_key(value)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as microseconds since 1970 in UTC; a naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: datetime | None, _: Dialect) -> int | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"The time {value!r} has no zone; give it one, for example datetime.now(UTC).")
        return (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, _: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Json(TypeDecorator[Any]):
    """Anything JSON can hold, as readable text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _: Dialect) -> str | None:
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, _: Dialect) -> Any:  # noqa: ANN401 - JSON is anything
        return None if value is None else json.loads(value)


class Flag(TypeDecorator[bool]):
    """True or false; 1 or 0 on SQLite."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def process_result_value(self, value: int | None, _: Dialect) -> bool | None:
        return None if value is None else bool(value)
