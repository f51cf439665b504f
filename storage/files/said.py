"""What the pictures and attachments of a revision say, as programs have read them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.db.dialects import Inserts, insert_for
from storage.rows.files import FileSaid
from storage.schema import file_text, image

_of_revisions = (
    select(image.c.revision_id, file_text.c.body)
    .join(image, image.c.file_sha256 == file_text.c.sha256)
    .where(image.c.revision_id.in_(bindparam("revisions", expanding=True)), file_text.c.body != "")
    .order_by(image.c.position, image.c.id)
)


def words_of(connection: Connection, revision_id: int) -> str:
    """The texts of all of them, in the order of the story; "" of a revision without any."""
    return words_of_each(connection, [revision_id]).get(revision_id, "")


def words_of_each(connection: Connection, revision_ids: Sequence[int]) -> dict[int, str]:
    """The same of many; those without any are left out."""
    found: dict[int, list[str]] = {}
    for revision_id, body in connection.execute(_of_revisions, {"revisions": revision_ids}):
        found.setdefault(revision_id, []).append(body)
    return {revision_id: "\n".join(bodies) for revision_id, bodies in found.items()}


def of_revisions(connection: Connection, revision_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Of each revision with such texts: the caption or address of each file, and its text."""
    query = (
        select(image.c.revision_id, image.c.caption, image.c.url, file_text.c.body)
        .join(file_text, image.c.file_sha256 == file_text.c.sha256)
        .where(image.c.revision_id.in_(revision_ids), file_text.c.body != "")
        .order_by(image.c.revision_id, image.c.position, image.c.id)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.revision_id, []).append((row.caption or row.url, row.body))
    return found


def keep(connection: Connection, sha256: bytes, said: FileSaid, now: datetime) -> None:
    """Takes the place of what another reading has found."""
    values = {"sha256": sha256, "origin": said.origin, "body": said.text, "reason": said.reason}
    connection.execute(insert_for(connection, _add), {**values, "reader": said.reader, "read_at": now})


_add = Inserts(
    file_text,
    lambda new: new.on_conflict_do_update(
        index_elements=["sha256"],
        set_={name: new.excluded[name] for name in ("origin", "body", "reason", "reader", "read_at")},
    ),
)
