"""Atom: what came to a series, and what changed in it, the newest first (RFC 4287)."""

import difflib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Final
from uuid import NAMESPACE_URL, uuid5

from storage.exports.books.xhtml import body_of, text
from storage.exports.chosen import Chosen
from storage.rows import ChangeRow, HandedStory, SeriesRow

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST: Final = 100  # entries
_TOLD: Final = ("new", "revised")
_MOST_LINES: Final = 40  # of a change


def write(chosen: Chosen, out: BinaryIO) -> int:
    """An entry for each of the newest hundred stories and revisions; `since`, `until` are of when the archive saw it.

    Raises:
        ExportError: There is more than one series, and none is named.
    """
    series = chosen.one_series()
    wanted = chosen.selection
    most = min(wanted.limit or _MOST, _MOST)
    told = [
        one
        for what in _TOLD
        for one in chosen.archive.changed(
            wanted.since or _LONG_AGO,
            wanted.until,
            series=series.id,
            what=what,
            limit=most if wanted.query is None else None,
        )
    ]
    if wanted.query is not None:
        ids = {row.id for row in chosen.of_series(series.id).stories()}
        told = [one for one in told if one.story_id in ids]
    told = sorted(told, key=lambda one: (one.at, one.story_id, one.what), reverse=True)[:most]
    updated = max((one.at for one in told), default=series.created_at)
    out.write(_head(series, updated).encode())
    for one in told:
        out.writelines(_entry(chosen, one, handed).encode() for handed in chosen.archive.handed_stories([one.story_id]))
    out.write(b"</feed>\n")
    return len(told)


def _head(series: SeriesRow, updated: datetime) -> str:
    name = text(series.title or series.name)
    links = "".join(f'<link rel="via" href="{text(url)}"/>\n' for url in series.start)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>urn:uuid:{uuid5(NAMESPACE_URL, series.name)}</id>\n<title>{name}</title>\n"
        f"<updated>{_moment(updated)}</updated>\n<author><name>{text(series.publisher or series.title or series.name)}"
        f"</name></author>\n<generator>Wangqi</generator>\n{links}"
    )


def _entry(chosen: Chosen, one: ChangeRow, handed: HandedStory) -> str:
    story = handed.story
    name = uuid5(NAMESPACE_URL, f"{one.what} {one.url} {one.at.isoformat()}")
    title = story.title if one.what == "new" else f"Changed: {story.title}"
    body = body_of(handed, 2)
    lines = [
        f"<id>urn:uuid:{name}</id>",
        f"<title>{text(title)}</title>",
        f"<updated>{_moment(one.at)}</updated>",
        f'<link rel="alternate" type="text/html" href="{text(one.url)}"/>',
    ]
    if story.published_at:
        lines.append(f"<published>{_moment(story.published_at)}</published>")
    if story.author or story.source:
        lines.append(f"<author><name>{text(story.author or story.source or '')}</name></author>")
    if one.what != "new":
        changed = "\n".join(_change(chosen, one))
        lines.append(f"<summary>{text(one.reason or 'its page has another text')}</summary>")
        body = f"<h2>What changed</h2>\n{changed}\n<h2>The text now</h2>\n{body}" if changed else body
    lines.append(f'<content type="html">{text(body)}</content>')
    return f'<entry xml:lang="{text(story.language or "zh")}">\n' + "\n".join(lines) + "\n</entry>\n"


def _change(chosen: Chosen, one: ChangeRow) -> Iterator[str]:
    """Paragraphs that went and that came."""
    detail = chosen.archive.story(one.story_id)
    revisions = detail.revisions if detail else ()
    after = next((row for row in revisions if row.recorded_at == one.at and row.url == one.url), None)
    if after is None or after.parent_id is None:
        return
    texts = chosen.archive.texts_of_revisions([after.parent_id, after.id])
    before, now = (texts.get(number, "").split("\n") for number in (after.parent_id, after.id))
    steps = difflib.SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
    lines = [
        f"<p><{tag}>{text(line)}</{tag}></p>"
        for step, *places in steps
        if step != "equal"
        for tag, line in (
            *(("del", line) for line in before[places[0] : places[1]]),
            *(("ins", line) for line in now[places[2] : places[3]]),
        )
        if line.strip()
    ]
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield f"<p>… and {len(lines) - _MOST_LINES} further paragraphs</p>"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")  # as exact as it is known: no two entries share one
