"""What SQLite and PostgreSQL write differently."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, String, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class Inserts(dict[str, Insert]):
    """An INSERT that says what becomes of rows which are there, by the name of the dialect.

    Each is made when it is first asked for, since a reader asks for none.
    """

    def __init__(self, table: Table, conflict: Callable[[Any], Any]) -> None:
        """`conflict` gets the dialect's INSERT; the two share no class that has its methods."""
        super().__init__()
        self._table, self._conflict = table, conflict

    def __missing__(self, dialect: str) -> Insert:
        insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
        self[dialect] = self._conflict(insert(self._table))
        return self[dialect]


def insert_for(connection: Connection, inserts: Inserts) -> Insert:
    """The statement in the dialect of the connection."""
    return inserts[connection.dialect.name]


def left_alone(statement: Any) -> Any:  # noqa: ANN401 - the two dialects' Inserts share no class of their own
    """Rows that are there stay as they are."""
    return statement.on_conflict_do_nothing()


class by_code_point(GenericFunction[str]):  # noqa: N801 - a function of SQL
    """Words that are compared by their code points; PostgreSQL else asks the locale of its database."""

    type = String()
    inherit_cache = True


@compiles(by_code_point, "sqlite")
def _by_code_point_of_sqlite(element: by_code_point, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return compiler.process(_only(element), **given)


@compiles(by_code_point, "postgresql")
def _by_code_point_of_postgresql(element: by_code_point, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - whatever SQLAlchemy hands on
    return f'({compiler.process(_only(element), **given)}) COLLATE "C"'


def _only(element: by_code_point) -> ColumnElement[Any]:
    (words,) = element.clauses
    return words
