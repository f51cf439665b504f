"""A story to be read, and all that is known of where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from storage.rows import (
    CaptureRow,
    Copies,
    CopyRow,
    FileRow,
    LedgerEntry,
    RevisionRow,
    SeriesRow,
    StoryDetail,
    StoryRow,
)
from views.cells import cell
from views.citations import bibtex, capture_of, item_of, ris
from views.stories import printed_date
from views.styles import STYLES, StylesMissing, cited
from wangqi.text.reading_quality import flaws
from web.answer import Page, moved
from web.ledgers import NotReady
from web.linked_data import article
from web.room import Room

_SHOWN_STYLES: Final = {
    "gbt7714": "GB/T 7714-2015",
    "apa": "APA",
    "chicago": "Chicago",
    "mla": "MLA",
}
_WAIT: Final = 1.0  # seconds for the ledger, without which a story can be read
_WORDLESS: Final = frozenset({"image", "film", "sound", "document"})


def page(room: Room, request: Request) -> Page | Response:
    detail = detail_of(room, request)
    story = detail.story
    if story.id != request.path_params["story"]:  # it was merged into another
        return moved(request, f"/story/{story.id}")
    series = room.series(story.series_id)
    copies = room.archive.copies(story.id)
    canonical = next(one for one in detail.revisions if one.id == story.revision_id)
    capture = read_from(room, detail)
    facts = asdict(story)
    blocks = [dict(one) for one in canonical.details.get("blocks", ())]
    return Page(
        template="story",
        found={
            "story": facts | {"published": _published(room, detail)},
            **_place(room, series, story),
            "credits": _credits(canonical),
            "origins": canonical.details.get("origins", ()),
            "flaws": flaws(canonical.details),
            "blocks": blocks,
            "files": [_file(one) for one in detail.files],
            "copies": [_copy(one) for one in copies.copies] if copies else [],
            "decisions": copies.decisions if copies else [],
            "revisions": [_revision(one) for one in detail.revisions],
            "names": detail.mentions,
            "named_by": detail.named_by,
        },
        shown={
            "reading": _reading(story.text, blocks, story.title),
            "shown": _shown(detail.files),
            "behind": _beside_the_text(detail.files, blocks),
            "series": series,
            "linked": article(story, _published(room, detail), cell(story.first_seen_at)[:10]),
            "capture": capture,
            "why": _why(copies),
            "origin": {one["field"]: one for one in canonical.details.get("origins", ())},
        },
    )


def cite(room: Room, request: Request) -> Page | Response:
    """The story in four styles, and as records for reference managers."""
    detail = detail_of(room, request)
    if detail.story.id != request.path_params["story"]:
        return moved(request, f"/story/{detail.story.id}/cite")
    canonical = next(one for one in detail.revisions if one.id == detail.story.revision_id)
    item = item_of(detail, room.archive.captures(canonical.page_id), room.zone(detail.story.series))
    styles: list[dict[str, str]] = []
    try:
        for name, called in _SHOWN_STYLES.items():
            assert name in STYLES
            styles.append({"style": called, "text": cited([item], name)[0].removeprefix("[1]")})
    except StylesMissing:
        styles = []
    records = {"RIS": ris(item), "BibTeX": bibtex(item)}
    return Page(
        template="cite",
        found={"id": detail.story.id, "title": detail.story.title, "styles": styles, "item": item, "records": records},
        shown={"story": detail.story},
    )


def detail_of(room: Room, request: Request) -> StoryDetail:
    number: int = request.path_params["story"]
    detail = room.archive.story(number) if number < 2**63 else None
    if detail is None:
        raise HTTPException(404)
    return detail


def read_from(room: Room, detail: StoryDetail) -> CaptureRow | None:
    """The answer that its text was read from; None of one whose bytes are not kept."""
    canonical = next(one for one in detail.revisions if one.id == detail.story.revision_id)
    return capture_of(detail, room.archive.captures(canonical.page_id))


def _place(room: Room, series: SeriesRow, story: StoryRow) -> dict[str, Any]:
    """Where the story stands in its series, with its neighbours; by dates as long as the ledger is being made."""
    try:
        kept = room.ledgers.of(series, _WAIT) if room.ledgers.ready(series) else None
    except NotReady:
        kept = None
    if kept is None:
        earlier, later = (one and {"id": one[0], "title": one[1], "absent": 0} for one in room.archive.beside(story))
        return {"place": None, "previous": earlier, "next": later}
    entries, at = kept.ledger.entries, kept.by_story.get(story.id)
    return {
        "place": None if at is None else {"place": at + 1, "of": len(entries)},
        "previous": _neighbour(entries, at, -1),
        "next": _neighbour(entries, at, 1),
    }


def _published(room: Room, detail: StoryDetail) -> str | None:
    story = detail.story
    return printed_date(story.published_at, story.published_precision, room.zone(story.series))


def _neighbour(entries: Sequence[LedgerEntry], at: int | None, step: int) -> dict[str, Any] | None:
    """The next story that is held, and how many between are not."""
    if at is None:
        return None
    absent = 0
    place = at + step
    while 0 <= place < len(entries):
        if entries[place].story_id is not None:
            return {"id": entries[place].story_id, "title": entries[place].title, "absent": absent}
        absent += 1
        place += step
    return None


def _credits(revision: RevisionRow) -> list[Mapping[str, Any]]:
    """Each once; one that a longer of the same role holds is left out."""
    found = [dict(one) for one in revision.details.get("credits", ())]
    return [
        one
        for one in found
        if not any(other["role"] == one["role"] and one["name"] in other["name"] != one["name"] for other in found)
    ]


def _reading(text: str, blocks: Sequence[Mapping[str, Any]], title: str) -> list[Mapping[str, Any]]:
    """The blocks of the body where they hold what its text does, else its paragraphs."""
    told = "".join("".join(one["text"].split()) for one in blocks if one["kind"] not in _WORDLESS)
    if not blocks or len(told) < 0.9 * len("".join(text.split())):
        blocks = [{"kind": "paragraph", "text": line} for line in text.split("\n")]
    return [one for one in blocks if not (one["kind"] == "heading" and one["text"] == title)]


def _file(one: FileRow) -> dict[str, Any]:
    names = ("position", "kind", "url", "caption", "credit", "media_type", "size", "sha256", "lacks")
    return {name: getattr(one, name) for name in names}


def _shown(files: Sequence[FileRow]) -> dict[str, FileRow]:
    """By their addresses; nothing is said of those that nobody has asked for."""
    return {one.url: one for one in files if one.outcome is not None}


def _beside_the_text(files: Sequence[FileRow], blocks: Sequence[Mapping[str, Any]]) -> list[FileRow]:
    """Attachments that no block of the text stands for."""
    standing = {one.get("url") for one in blocks}
    return [one for one in files if one.url not in standing]


def _copy(copy: CopyRow) -> dict[str, Any]:
    names = (
        *("revision_id", "url", "host", "title", "relation", "outcome", "standing", "standing_reason", "recorded_at"),
        *("is_canonical", "now_story_id", "page_story_id", "listed_at", "original_url", "flaws"),
    )
    return {name: getattr(copy, name) for name in names} | {
        "findings": [
            {"label": one.label, "score": one.score, "summary": one.summary, "detector": one.detector}
            for one in sorted(copy.findings, key=lambda one: -one.score)
        ]
    }


def _revision(one: RevisionRow) -> dict[str, Any]:
    names = ("id", "url", "title", "chars", "change", "standing", "standing_reason", "recorded_at")
    return {name: getattr(one, name) for name in names}


def _why(copies: Copies | None) -> str:
    """Why the text that stands does, as the archive has it."""
    if copies is None:
        return ""
    stands = next((one for one in copies.copies if one.is_canonical), None)
    return copies.reason or (stands.standing_reason if stands else "")
