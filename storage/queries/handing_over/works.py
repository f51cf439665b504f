"""Stories with all that a reader elsewhere needs of them, many at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from storage.files import wanted as files
from storage.queries.stories import story_rows_of
from storage.rows import HandedStory
from storage.schema import capture, revision, text

_read_from = select(
    revision.c.id, revision.c.details, capture.c.fetched_at, capture.c.payload_sha256, capture.c.id.label("capture_id")
).outerjoin(capture, capture.c.id == revision.c.capture_id)


def of_ids(connection: Connection, story_ids: Sequence[int]) -> list[HandedStory]:
    """In the order of the ids."""
    rows = {row.id: row for row in story_rows_of(connection, story_ids)}
    query = _read_from.where(revision.c.id.in_([row.revision_id for row in rows.values()]))
    known = {row.id: row for row in connection.execute(query)}
    shown = defaultdict(list)
    for file in files.of_revisions(connection, list(known), with_texts=False):
        shown[file.revision_id].append(file)
    found = []
    for number in story_ids:
        if (story := rows.get(number)) is None:
            continue
        of = known[story.revision_id]
        payload = of.payload_sha256
        found.append(
            HandedStory(
                story=story,
                details=of.details,
                fetched_at=of.fetched_at if payload else None,
                payload_sha256=payload.hex() if payload else None,
                files=shown[story.revision_id],
            )
        )
    return found


def texts(connection: Connection, revision_ids: Sequence[int]) -> Mapping[int, str]:
    """Of revisions, by their ids."""
    query = select(revision.c.id, text.c.body).join(text, text.c.id == revision.c.text_id)
    rows = connection.execute(query.where(revision.c.id.in_(revision_ids)))
    return {row.id: row.body for row in rows}
