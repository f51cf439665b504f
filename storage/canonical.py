"""Which revision stands for a story: the fittest copy's newest one. Each function runs inside a transaction."""

from typing import Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage import index
from storage.records import StoryText
from storage.schema import page, revision, story, text

# Of `StoryText.standing`: from here on a copy shows strong signs of tampering, and no story should rest on it.
TAMPERED: Final = 4

COPIED: Final = (
    *("title", "title_key", "subtitle", "ordinal", "subject", "author", "source", "published_at"),
    *("published_precision", "published_source", "language"),
)
_add_story = insert(story).returning(story.c.id)
_point = update(story).where(story.c.id == bindparam("story")).values(canonical_revision_id=bindparam("now"))
_move = _point.values({name: bindparam(f"new_{name}") for name in (*COPIED, "status")})
_canonical = (
    select(
        story.c.series_id,
        story.c.published_at,
        revision.c.title,
        revision.c.page_id,
        revision.c.standing,
        text.c.body,
    )
    .join(revision, revision.c.id == story.c.canonical_revision_id)
    .join(text, text.c.id == revision.c.text_id)
    .where(story.c.id == bindparam("story"))
)
_demote = (
    update(page)
    .where(page.c.id == bindparam("demoted"), page.c.story_id == bindparam("story"))
    .values(outcome="copy", relation=bindparam("new_relation"), reason=bindparam("new_reason"))
)


def add_story(connection: Connection, series_id: int, new: StoryText, **columns: object) -> int:
    """A new story; `set_first` makes it stand on a revision."""
    row = {"series_id": series_id, "status": _status(new), **copied(new), **columns}
    number: int = connection.execute(_add_story, row).scalar_one()
    return number


def set_first(connection: Connection, story_id: int, series_id: int, revision_id: int, new: StoryText) -> None:
    """The story's only revision stands for it."""
    connection.execute(_point, {"story": story_id, "now": revision_id})
    index.add(connection, _entry(story_id, series_id, new))


def follow_page(connection: Connection, story_id: int, page_id: int, revision_id: int, new: StoryText) -> None:
    """The page whose text stands for the story goes on to stand for it with its newest text."""
    old = connection.execute(_canonical, {"story": story_id}).one()
    if old.page_id == page_id:
        _move_to(connection, story_id, old, revision_id, new)


def take_over(
    connection: Connection, story_id: int, revision_id: int, new: StoryText, *, url: str, relation: str | None
) -> bool:
    """Lets a new copy stand for the story when it is fitter than the one that does; the other becomes the copy.

    So the archive holds the same whichever of two mirrors is read first.
    """
    old = connection.execute(_canonical, {"story": story_id}).one()
    if new.standing >= old.standing:
        return False
    _move_to(connection, story_id, old, revision_id, new)
    reason = f"{relation or 'same'} of {url}, which is fitter to stand for the story"
    named = {"demoted": old.page_id, "story": story_id, "new_relation": relation or "same", "new_reason": reason}
    connection.execute(_demote, named)
    return True


def copied(new: StoryText) -> dict[str, object]:
    """The columns that a story and its revisions share."""
    return {name: getattr(new, name) for name in COPIED}


def _move_to(connection: Connection, story_id: int, old: Row, revision_id: int, new: StoryText) -> None:  # type: ignore[type-arg]  # a row of `_canonical`
    index.drop(
        connection,
        index.Entry(
            story_id=story_id,
            series_id=old.series_id,
            published_at=old.published_at,
            title=old.title,
            body=old.body,
        ),
    )
    row = {f"new_{name}": value for name, value in copied(new).items()} | {"new_status": _status(new)}
    connection.execute(_move, row | {"story": story_id, "now": revision_id})
    index.add(connection, _entry(story_id, old.series_id, new))


def _entry(story_id: int, series_id: int, new: StoryText) -> index.Entry:
    return index.Entry(
        story_id=story_id, series_id=series_id, published_at=new.published_at, title=new.title, body=new.text
    )


def _status(new: StoryText) -> str:
    return "only_tampered_copies" if new.standing >= TAMPERED else "ok"
