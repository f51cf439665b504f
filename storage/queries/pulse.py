"""Whether anything has changed since one looked last, for readers that keep what was dear to work out."""

from typing import Final

from sqlalchemy import Connection, func, select

from storage.schema import capture, decision, manifest, revision, ruling, run, story

# Each is the end of an index. A run that ends makes its manifest.
_GROWING: Final = (capture.c.id, revision.c.id, story.c.id, run.c.id, manifest.c.run_id, decision.c.id, ruling.c.id)
_NEWEST: Final = tuple(select(func.max(column)).scalar_subquery() for column in _GROWING)


def numbers(connection: Connection) -> tuple[int, ...]:
    """The newest row of each table that grows."""
    return tuple(number or 0 for number in connection.execute(select(*_NEWEST)).one())
