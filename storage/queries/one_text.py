"""One text, or one story, at several addresses of a site under different names: it may be several that are one here."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, func, or_, select

from storage.rows import DoubtRow
from storage.schema import page, revision, text
from wangqi.program import program
from wangqi.titles.issues import numbering_of
from wangqi.titles.keys import title_key

_ADDRESSES: Final = 3
_QUOTED: Final = 24  # characters
_NO_COUNT: Final = frozenset({"date", "year"})
_whole = or_(page.c.relation.is_(None), page.c.relation != "part")
_repeated = (
    select(page.c.host, revision.c.text_id)
    .join(revision, revision.c.id == page.c.revision_id)
    .where(page.c.series_id == bindparam("series"), page.c.story_id.is_not(None), _whole)
    .group_by(page.c.host, revision.c.text_id)
    .having(func.count() >= _ADDRESSES)
    .order_by(func.min(page.c.id))
)
_carriers = (
    select(page.c.url, page.c.title.label("name"), page.c.story_id, revision.c.title, text.c.body)
    .join(revision, revision.c.id == page.c.revision_id)
    .join(text, text.c.id == revision.c.text_id)
    .where(page.c.series_id == bindparam("series"), page.c.host == bindparam("host"), _whole)
    .where(revision.c.text_id == bindparam("text"))
    .order_by(page.c.id)
)


_copied = (
    select(page.c.host, page.c.story_id, page.c.title, page.c.url)
    .where(page.c.series_id == bindparam("series"), page.c.story_id.is_not(None), _whole, page.c.title.is_not(None))
    .order_by(page.c.story_id, page.c.id)
)


def one_story(connection: Connection, series: int) -> list[DoubtRow]:
    """A doubt for each story that a site's pages are kept as though they are named under different numbers."""
    named: dict[tuple[str, int], dict[tuple[str, int], tuple[str, str]]] = {}
    for host, story_id, title, url in connection.execute(_copied, {"series": series}):
        number = numbering_of(title)
        if number is not None and number.value is not None and number.unit not in _NO_COUNT:
            named.setdefault((host, story_id), {}).setdefault((number.unit, number.value), (title, url))
    found = []
    for (host, story_id), names in named.items():
        units = {unit for unit, _ in names}
        if len(names) > 1 and len(units) == 1:
            titles = ", ".join(f"《{title}》" for title, _ in names.values())
            words = (
                f"{len(names)} pages of {host} are kept as one story though they are named under different numbers"
                f" ({titles}): `{program()} copies {story_id}` shows what they share"
            )
            found.append(DoubtRow(words=words, url=next(iter(names.values()))[1], pages=len(names)))
    return found


def one_text(connection: Connection, series: int) -> list[DoubtRow]:
    """A doubt for each text that one site shows at three addresses or more, under as many names of stories."""
    found = []
    for host, text_id in connection.execute(_repeated, {"series": series}).all():
        rows = connection.execute(_carriers, {"series": series, "host": host, "text": text_id}).all()
        if max(_names(row.title for row in rows), _names(row.name for row in rows)) < _ADDRESSES:
            continue
        quoted = rows[0].body.replace("\n", " ")[:_QUOTED]
        words = (
            f"{len(rows)} addresses of {host} carry one text under different names (“{quoted}…”), as where a site says"
            f" why it shows no story: `{program()} show {rows[0].story_id}` shows all of it"
        )
        found.append(DoubtRow(words=words, url=rows[0].url, pages=len(rows)))
    return found


def _names(titles: Iterable[str | None]) -> int:
    """How many different stories they name: a title with a word before or behind it is the same."""
    keys = {title_key(title) for title in titles if title} - {""}
    return sum(not any(other in key for other in keys - {key}) for key in keys)
