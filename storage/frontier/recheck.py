"""Stories of which only tampered copies are known are looked for elsewhere, on a rhythm of their own."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, literal_column, not_, or_, select, update

from storage.frontier.due import LISTING
from storage.schema import mention, page, story
from wangqi.outcomes import WORTH_ANOTHER_LOOK

# Sites are cleaned, and reprinted, within weeks, while a page that stays tampered is read ever more seldom.
PAUSE: Final = timedelta(days=14)
_MOST: Final = 500  # stories a run

# The word stands in the statement itself, since a partial index answers nothing else.
_is_unfit = and_(story.c.status == literal_column("'only_tampered_copies'"), not_(story.c.is_foreign))


def seek(connection: Connection, series_id: int, now: datetime) -> int:
    """Wakes all that may bring a fit copy of such a story; answers for how many.

    That is: its own pages, which may have been cleaned; the addresses by which 往期 blocks name it, and links under its
    title, that brought no story so far; and every page of the columns, where it may stand at another address.
    """
    pause_is_over = or_(story.c.sought_at.is_(None), story.c.sought_at <= now - PAUSE)
    unfit = select(story.c.id, story.c.title, story.c.title_key).where(story.c.series_id == series_id, _is_unfit)
    found = connection.execute(unfit.where(pause_is_over).order_by(story.c.id).limit(_MOST)).all()
    if not found:
        return 0
    ids = [row.id for row in found]
    idle = update(page).where(page.c.state != "leased")
    # An outcome that was believed to be final needs one more visit to be final again.
    wake = {"state": "due", "due_at": now}
    keys = [row.title_key for row in found if row.title_key]
    named = or_(mention.c.story_id.in_(ids), and_(mention.c.series_id == series_id, mention.c.title_key.in_(keys)))
    addresses = select(mention.c.url_sha256).where(named, mention.c.url_sha256.is_not(None))
    ended = page.c.story_id.is_(None), page.c.outcome.in_(WORTH_ANOTHER_LOOK)
    titled = page.c.title.in_([row.title for row in found]), page.c.series_id == series_id
    connection.execute(idle.where(page.c.story_id.in_(ids)).values(wake))
    connection.execute(idle.where(page.c.url_sha256.in_(addresses), *ended).values(wake))
    connection.execute(idle.where(*titled, *ended).values(wake))
    connection.execute(idle.where(page.c.series_id == series_id, page.c.outcome == LISTING).values(wake))
    connection.execute(update(story).where(story.c.id.in_(ids)).values(sought_at=now))
    return len(ids)
