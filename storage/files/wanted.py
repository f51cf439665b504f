"""Which pictures and attachments of a series are to be asked for, and what became of it."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, case, or_, select, update

from storage.files.shown import KEPT
from storage.rows.files import FileRow, LackingFile, WantedFile
from storage.schema import file, file_text, image
from storage.schema.selecting import columns_of
from wangqi.outcomes import RETRIED
from wangqi.urls import canonical_or_none, url_digest
from wangqi.visit import Capture

_MOST_ATTEMPTS: Final = 8


def wanted(
    connection: Connection, series_id: int, kinds: Collection[str], *, after: int, limit: int, all_of_them: bool
) -> list[WantedFile]:
    """The next ones that nobody has asked for, or that did not come and may."""
    may_come = and_(file.c.outcome.in_(RETRIED), file.c.attempts < _MOST_ATTEMPTS)
    again = file.c.outcome != KEPT if all_of_them else may_come
    query = select(*columns_of(WantedFile, file)).where(
        file.c.series_id == series_id, file.c.id > after, file.c.kind.in_(kinds), or_(file.c.outcome.is_(None), again)
    )
    return [WantedFile(**row._asdict()) for row in connection.execute(query.order_by(file.c.id).limit(limit))]


def note(connection: Connection, file_id: int, run_id: int | None) -> None:
    """It has been asked for."""
    values = {"run_id": run_id, "attempts": file.c.attempts + 1}
    connection.execute(update(file).where(file.c.id == file_id).values(values))


def refuse(connection: Connection, file_id: int, outcome: str, reason: str, came: Capture) -> None:
    """It did not come."""
    values = {"outcome": outcome, "reason": reason, "fetched_at": came.fetched_at, "status": came.status}
    connection.execute(update(file).where(file.c.id == file_id).values(values))


def asked(connection: Connection, series_id: int, url: str) -> tuple[int, str | None] | None:
    """The one of a series at this URL: its id and its outcome."""
    canonical = canonical_or_none(url)
    if canonical is None:
        return None
    chosen = file.c.series_id == series_id, file.c.url_sha256 == url_digest(canonical)
    found = connection.execute(select(file.c.id, file.c.outcome).where(*chosen)).first()
    return None if found is None else (found.id, found.outcome)


def lacking(connection: Connection, series_id: int, run_id: int) -> list[LackingFile]:
    """Those that a run has asked for in vain, and those whose words could not be read, with the reason of that."""
    reason = case((file.c.outcome == KEPT, file_text.c.reason), else_=file.c.reason)
    query = (
        select(*columns_of(LackingFile, file, reason=reason))
        .outerjoin(file_text, file_text.c.sha256 == file.c.payload_sha256)
        .where(file.c.series_id == series_id, file.c.run_id == run_id)
        .where(or_(file.c.outcome != KEPT, file_text.c.reason != ""))
    )
    return [LackingFile(**row._asdict()) for row in connection.execute(query.order_by(file.c.id))]


def of_revisions(connection: Connection, revision_ids: Sequence[int], *, with_texts: bool) -> list[FileRow]:
    """In the order of the revisions' ids, and of their stories; words of pictures, those of attachments if wanted."""
    is_said = file_text.c.sha256 == image.c.file_sha256
    query = (
        select(
            *(image.c.revision_id, image.c.position, image.c.kind, image.c.url, image.c.caption, image.c.credit),
            *(file.c.outcome, file.c.reason, image.c.file_sha256, file.c.media_type, file.c.size),
            *(file_text.c.body, file_text.c.origin.label("text_origin"), file_text.c.reason.label("unread")),
        )
        .join(file, file.c.id == image.c.file_id)
        .outerjoin(file_text, is_said if with_texts else and_(is_said, image.c.kind == "image"))
        .where(image.c.revision_id.in_(revision_ids))
    )
    rows = connection.execute(query.order_by(image.c.revision_id, image.c.position, image.c.id))
    return [_file_row(row._asdict()) for row in rows]


def _file_row(row: dict[str, Any]) -> FileRow:
    sha256, text, unread = row.pop("file_sha256"), row.pop("body"), row.pop("unread")
    return FileRow(**row, sha256=sha256.hex() if sha256 else None, text=text or None, unread=unread or "")
