"""What SQLite and PostgreSQL write differently."""

from collections.abc import Mapping

from sqlalchemy import (
    Connection,
    Insert,
)


def insert_for(connection: Connection, statement_of: Mapping[str, Insert]) -> Insert:
    """The statement in the dialect of the connection."""
    return statement_of[connection.dialect.name]
