"""The copies of one story, as a person asks for them."""

from collections import defaultdict

from sqlalchemy import Connection, select

from storage.queries.stories import finding_rows, standing
from storage.rows import Copies, CopyRow, FindingRow
from storage.schema import page, revision
from storage.schema import story as works
from storage.works import decisions, relations

_reason = select(works.c.canonical_reason, works.c.sought_at)
_newest = revision.alias("newest")
_copies = (
    select(
        *(page.c.id.label("page_id"), revision.c.id.label("revision_id"), revision.c.text_id, page.c.url, page.c.host),
        *(revision.c.title, page.c.relation, page.c.outcome, page.c.reason, revision.c.standing),
        *(revision.c.standing_reason, revision.c.change, revision.c.recorded_at, page.c.listed_at),
        *(revision.c.original_url, revision.c.flaws, page.c.story_id.label("page_story_id")),
        _newest.c.story_id.label("now_story_id"),
    )
    .join(revision, revision.c.page_id == page.c.id)
    .outerjoin(_newest, _newest.c.id == page.c.revision_id)
    .order_by(revision.c.id.desc())
)


def copies(connection: Connection, story_id: int) -> Copies | None:
    """All pages that carry a story or have carried it, the one that stands for it first, then the best; of a merged
    one, the story that it became.
    """
    one = standing(connection, story_id)
    if one is None:
        return None
    rows = connection.execute(_copies.where(revision.c.story_id == one.id))
    revisions = rows.all()
    newest = {row.page_id: row for row in reversed(revisions)}
    # The last good text of a page that was tampered with later is a copy of its own.
    shown = [row for row in revisions if row.revision_id == one.revision_id or newest[row.page_id] is row]
    signs: defaultdict[int, list[FindingRow]] = defaultdict(list)
    for sign in finding_rows(connection, [row.revision_id for row in shown]):
        signs[sign.revision_id].append(sign)
    found = [
        CopyRow(**row._asdict(), is_canonical=row.revision_id == one.revision_id, findings=signs[row.revision_id])
        for row in shown
    ]
    kept = connection.execute(_reason.where(works.c.id == one.id)).one()
    return Copies(
        story=one,
        reason=kept.canonical_reason,
        sought_at=kept.sought_at,
        copies=sorted(found, key=lambda row: (not row.is_canonical, row.standing, row.revision_id)),
        decisions=decisions.of_story(connection, one.id),
        links=relations.of_texts(connection, sorted({row.text_id for row in revisions})),
    )
