"""How people name a text: the id of a story, `r` and the id of a revision, or the URL of a page."""

import re

from sqlalchemy import ColumnElement, Connection, func, select

from storage.db.errors import UnknownTextError
from storage.rows import NamedText
from storage.schema import page, revision, story, text
from storage.schema.selecting import columns_of
from wangqi.program import program
from wangqi.urls import url_digest

_REVISION = re.compile(r"r(\d{1,18})")
_STORY = re.compile(r"\d{1,18}")
_named = (
    select(
        *columns_of(
            NamedText,
            *(revision, page),
            revision_id=revision.c.id,
            story_id=func.coalesce(story.c.merged_into, story.c.id),
            text=text.c.body,
        )
    )
    .join(page, page.c.id == revision.c.page_id)
    .join(text, text.c.id == revision.c.text_id)
    .join(story, story.c.id == revision.c.story_id)
)


def named_text(connection: Connection, name: str) -> NamedText:
    """The text of this name; of a story the one that stands for it, of a page the newest one.

    Raises:
        UnknownTextError: when the archive holds none of that name.
    """
    row = connection.execute(_named.where(_condition(connection, name))).first()
    if row is None:
        raise UnknownTextError(
            f"The archive holds no text {name!r}. Name a story (12), a revision as `{program()} show` lists them"
            " (r34), or the URL of a page."
        )
    return NamedText(**row._asdict())


def _condition(connection: Connection, name: str) -> ColumnElement[bool]:
    if match := _REVISION.fullmatch(name):
        return revision.c.id == int(match[1])
    if _STORY.fullmatch(name):
        return revision.c.id == _canonical(connection, int(name))
    newest = select(page.c.revision_id).where(page.c.url_sha256 == url_digest(name))
    return revision.c.id.in_(newest)


def _canonical(connection: Connection, story_id: int) -> int | None:
    row = connection.execute(
        select(story.c.merged_into, story.c.canonical_revision_id).where(story.c.id == story_id)
    ).first()
    if row is None:
        return None
    return _canonical(connection, row.merged_into) if row.merged_into is not None else row.canonical_revision_id
