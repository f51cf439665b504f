"""What an archive knows beside its bytes, as another archive can take it: pages, their texts, what people decided."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, null, select

from storage.frontier.series import series_id
from storage.queries.pages import mention_rows
from storage.queries.stories import Read
from storage.rows import BarePage, CarriedFile, CarriedText, SaidOfTexts
from storage.rows.files import FileSaid
from storage.schema import capture, file, file_text, mention, page, relation, revision, series, text
from storage.schema.selecting import columns_of
from storage.works.decisions import AUTO

_BATCH = 200
_carried = (
    select(
        *columns_of(
            CarriedText,
            *(revision, page, text, capture),
            page_id=page.c.id,
            series=series.c.name,
            text=text.c.body,
            named=null(),  # of lines, which are asked for apart
        )
    )
    .select_from(page)
    .join(series, series.c.id == page.c.series_id)
    .join(revision, revision.c.id == page.c.revision_id)
    .join(text, text.c.id == revision.c.text_id)
    .outerjoin(capture, capture.c.id == revision.c.capture_id)
)
_bare = (
    select(*columns_of(BarePage, page, page_id=page.c.id, series=series.c.name))
    .join(series, series.c.id == page.c.series_id)
    .where(page.c.story_id.is_(None), page.c.outcome.is_not(None))
)
_files = (
    select(
        *columns_of(
            CarriedFile,
            file,
            file_id=file.c.id,
            series=series.c.name,
            sha256=file.c.payload_sha256,
            said=null(),  # whose columns stand behind
        ),
        *(file_text.c.origin, file_text.c.body, file_text.c.reason.label("unsaid"), file_text.c.reader),
    )
    .join(series, series.c.id == file.c.series_id)
    .outerjoin(file_text, file_text.c.sha256 == file.c.payload_sha256)
    .where(file.c.outcome.is_not(None))
)
_one, _other = page.alias("one"), page.alias("other")
_one_revision, _other_revision = revision.alias("one_revision"), revision.alias("other_revision")
_said = (
    select(
        func.min(_one.c.url).label("one"),
        func.min(_other.c.url).label("other"),
        relation.c.relation.label("word"),
        relation.c.decided_by,
    )
    .join(_one_revision, _one_revision.c.text_id == relation.c.text_id)
    .join(_one, _one.c.revision_id == _one_revision.c.id)
    .join(_other_revision, _other_revision.c.text_id == relation.c.other_text_id)
    .join(_other, _other.c.revision_id == _other_revision.c.id)
    .where(relation.c.decided_by != AUTO, relation.c.relation.in_(["same", "not_same"]))
    .group_by(relation.c.text_id, relation.c.other_text_id, relation.c.relation, relation.c.decided_by)
    .order_by(relation.c.text_id, relation.c.other_text_id)
)


def carried(read: Read, wanted: int | str | None) -> Iterator[CarriedText]:
    """The newest text of each page that carries a story, page after page."""
    chosen = read(partial(_of, wanted=wanted))
    last = 0
    while rows := read(partial(_carried_after, chosen=[*chosen, page.c.id > last])):
        last = rows[-1].page_id
        yield from rows


def bare(read: Read, wanted: int | str | None) -> Iterator[BarePage]:
    """The pages that were visited and brought no story, page after page."""
    chosen = read(partial(_of, wanted=wanted))
    last = 0
    while rows := read(partial(_bare_after, chosen=[*chosen, page.c.id > last])):
        last = rows[-1].page_id
        yield from rows


def files(read: Read, wanted: int | str | None) -> Iterator[CarriedFile]:
    """The pictures and attachments that were asked for, one after another."""
    of = [] if wanted is None else [read(lambda c: file.c.series_id == series_id(c, wanted))]
    last = 0
    while rows := read(partial(_files_after, chosen=[*of, file.c.id > last])):
        last = rows[-1].file_id
        yield from rows


def said(connection: Connection) -> list[SaidOfTexts]:
    """What people said of two texts that pages carry now."""
    return [SaidOfTexts(**row._asdict()) for row in connection.execute(_said)]


def _of(connection: Connection, wanted: int | str | None) -> list[ColumnElement[bool]]:
    return [] if wanted is None else [page.c.series_id == series_id(connection, wanted)]


def _carried_after(connection: Connection, chosen: Sequence[ColumnElement[bool]]) -> list[CarriedText]:
    rows = connection.execute(_carried.where(and_(*chosen)).order_by(page.c.id).limit(_BATCH)).all()
    named: dict[str, list[tuple[int, str, str | None]]] = {}
    for line in mention_rows(connection, mention.c.page_id.in_([row.page_id for row in rows])):
        named.setdefault(line.by_url, []).append((line.position, line.title, line.url))
    return [CarriedText(**row._asdict() | {"named": named.get(row.url, ())}) for row in rows]


def _files_after(connection: Connection, chosen: Sequence[ColumnElement[bool]]) -> list[CarriedFile]:
    rows = connection.execute(_files.where(and_(*chosen)).order_by(file.c.id).limit(_BATCH))
    return [_file(row._asdict()) for row in rows]


def _file(row: dict[str, Any]) -> CarriedFile:
    origin, body, reason, reader = (row.pop(name) for name in ("origin", "body", "unsaid", "reader"))
    words = None if origin is None else FileSaid(origin, body, reason, reader)
    sha256 = row["sha256"]
    return CarriedFile(**row | {"said": words, "sha256": sha256.hex() if sha256 else None})


def _bare_after(connection: Connection, chosen: Sequence[ColumnElement[bool]]) -> list[BarePage]:
    rows = connection.execute(_bare.where(and_(*chosen)).order_by(page.c.id).limit(_BATCH))
    return [BarePage(**row._asdict()) for row in rows]
