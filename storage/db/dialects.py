"""What SQLite and PostgreSQL write differently."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


def insert_for(connection: Connection, statement_of: Mapping[str, Insert]) -> Insert:
    """The statement in the dialect of the connection."""
    return statement_of[connection.dialect.name]


class by_code_point(GenericFunction[str]):  # noqa: N801 - a function of SQL
    """Words that are compared by their code points; PostgreSQL else asks the locale of its database."""

    type = String()
    inherit_cache = True


@compiles(by_code_point, "sqlite")
def _by_code_point_of_sqlite(element: by_code_point, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return compiler.process(_only(element), **given)


@compiles(by_code_point, "postgresql")
def _by_code_point_of_postgresql(element: by_code_point, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - as above
    return f'({compiler.process(_only(element), **given)}) COLLATE "C"'


def _only(element: by_code_point) -> ColumnElement[Any]:
    (words,) = element.clauses
    return words
