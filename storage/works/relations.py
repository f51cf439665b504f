"""What was said of texts beside each other."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from storage.rows import RelationRow
from storage.schema import relation


def of_texts(connection: Connection, text_ids: Sequence[int]) -> list[RelationRow]:
    """All of these, beside each other and beside others."""
    either = or_(relation.c.text_id.in_(text_ids), relation.c.other_text_id.in_(text_ids))
    rows = connection.execute(select(relation).where(either).order_by(relation.c.text_id, relation.c.other_text_id))
    return [RelationRow(**row._asdict()) for row in rows]
