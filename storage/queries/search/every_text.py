"""A question asked of every text that pages carry or carried, and not of those alone that stand for stories.

The index keeps what stands for stories. The other texts are read themselves, so that this takes time by their number.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from storage.frontier.series import COUNTED, series_id
from storage.queries.search import indexed
from storage.queries.stories import story_rows_of
from storage.rows import Hit, Hits, Which
from storage.schema import page, revision, text
from storage.schema import story as works
from wangqi.search.answering import Said, answers, facts_of
from wangqi.search.query import TEXT_FIELDS, Query, shown_words
from wangqi.search.snippet import Snippet, snippet

_BATCH: Final = 500


def search(connection: Connection, query: Query, limit: int, wanted: int | str | None, which: Which) -> Hits:
    """The newest texts first: what pages carry now (`copies`), or carried at any time (`revisions`)."""
    words = list(shown_words(query))
    found: list[tuple[int, int, str, Snippet]] = []
    total = 0
    for revision_id, story_id, url, body in _answering(connection, query, wanted, which):
        total += 1
        if len(found) < limit:
            found.append((revision_id, story_id, url, snippet(body, words)))
        elif total > indexed.MOST_RANKED:
            break
    rows = {row.id: row for row in story_rows_of(connection, [story_id for _, story_id, _, _ in found])}
    hits = [
        Hit(story=rows[story_id], snippet=piece.text, marks=piece.hits, url=url, revision_id=revision_id)
        for revision_id, story_id, url, piece in found
    ]
    return Hits(hits, total if total <= indexed.MOST_RANKED else None, "newest")


def _answering(
    connection: Connection, query: Query, wanted: int | str | None, which: Which
) -> Iterator[tuple[int, int, str, str]]:
    facts = list(facts_of(query))
    chosen = (
        select(
            *(revision.c.id, works.c.id.label("story_id"), page.c.url, text.c.body),
            *(revision.c[name] for name in TEXT_FIELDS),
            *(indexed.condition(connection, fact).label(f"fact_{at}") for at, fact in enumerate(facts)),
        )
        .join(works, works.c.id == revision.c.story_id)
        .join(page, page.c.id == revision.c.page_id)
        .join(text, text.c.id == revision.c.text_id)
        .where(works.c.merged_into.is_(None))
        .order_by(revision.c.id.desc())
        .limit(_BATCH)
    )
    if wanted is not None:
        chosen = chosen.where(COUNTED, works.c.series_id == series_id(connection, wanted))
    if which == "copies":
        chosen = chosen.where(page.c.revision_id == revision.c.id)
    below: int | None = None
    while True:
        batch = connection.execute(chosen if below is None else chosen.where(revision.c.id < below)).mappings().all()
        for row in batch:
            said: dict[str, Said] = {name: Said(row[name] or "") for name in TEXT_FIELDS}
            truths = {fact for at, fact in enumerate(facts) if row[f"fact_{at}"]}
            said["words"] = Said(row["body"])
            if answers(query, said, truths.__contains__):
                yield row["id"], row["story_id"], row["url"], row["body"]
        if len(batch) < _BATCH:
            return
        below = batch[-1]["id"]
