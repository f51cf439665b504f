"""Stories that answer a question, as they were found."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from storage.files import said as files_said
from storage.frontier.series import series_id
from storage.queries.search import indexed
from storage.queries.stories import story_rows_of
from storage.rows import Hit, Hits, StoryRow
from wangqi.search.query import Query, shown_words
from wangqi.search.snippet import Snippet, snippet


def search(connection: Connection, query: Query, limit: int, wanted: int | str | None, *, newest: bool) -> Hits:
    """The best first, or the newest."""
    chosen = None if wanted is None else series_id(connection, wanted)
    found = indexed.search(connection, query, limit=limit, series_id=chosen, newest=newest)
    rows = {row.id: row for row in story_rows_of(connection, found.ids)}
    words = list(shown_words(query))
    shown = {one: snippet(rows[one].text, words) for one in found.ids}
    unshown = [rows[one].revision_id for one, piece in shown.items() if not piece.hits]
    said = files_said.of_revisions(connection, unshown) if unshown and words else {}
    return Hits((_hit(rows[one], piece, words, said) for one, piece in shown.items()), found.total, found.order)


def _hit(row: StoryRow, piece: Snippet, words: Sequence[str], said: Mapping[int, Sequence[tuple[str, str]]]) -> Hit:
    """A story as it was found; by the words of one of its files, where its text has none of them."""
    file = None
    for name, text_of_file in () if piece.hits else said.get(row.revision_id, ()):
        if (other := snippet(text_of_file, words)).hits:
            piece, file = other, name
            break
    return Hit(story=row, snippet=piece.text, marks=piece.hits, url=row.url, revision_id=row.revision_id, file=file)
