"""How a page came to be what it is, asked by its address or its title."""

from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request

from storage.rows import MissingStory, PageHistory
from views.choices import nearest
from wangqi.titles.keys import title_key
from wangqi.urls import canonical_or_none, is_web_url
from web.answer import Page
from web.pages.paging import asked_words
from web.room import Room

_VISITS: Final = 40


def page(room: Room, request: Request) -> Page:
    asked = asked_words(request, "of")
    pages, gaps = _found(room, asked) if asked else ([], [])
    is_one = len(pages) == 1 and not gaps
    near = nearest(asked, _titles(room)) if asked and not pages and not gaps and not is_web_url(asked) else []
    return Page(
        template="why",
        found={
            "asked": asked,
            "pages": [_history(one) for one in pages] if is_one else [_line(one) for one in pages],
            "titles": gaps,
            "near": near,
        },
        shown={"is_one": is_one},
        status=404 if asked and not pages and not gaps else 200,
    )


def _found(room: Room, asked: str) -> tuple[Sequence[PageHistory], Sequence[MissingStory]]:
    if is_web_url(asked):
        url = canonical_or_none(asked)
        return (room.archive.why(url) if url else []), []
    key = title_key(asked)
    pages = room.archive.why(asked, key)
    named = [gap for gap in room.archive.missing() if key and title_key(gap.title) == key]
    # A title that no line links has no page.
    return pages, [gap for gap in named if gap.url is None or not pages]


def _titles(room: Room) -> list[str]:
    archive = room.archive
    return [
        title for one in room.rows() for title in (*archive.titles(one.id), *archive.named_titles(one.id))
    ]  # fmt: skip


def _line(one: PageHistory) -> dict[str, Any]:
    return {
        "url": one.page.url,
        "title": one.revisions[-1].title if one.revisions else one.page.title,
        "outcome": one.page.outcome,
        "story_id": one.page.story_id,
    }


def _history(one: PageHistory) -> dict[str, Any]:
    at = one.page
    page_facts = (
        *("id", "url", "series_id", "via", "title", "state", "outcome", "outcome_at", "reason", "attempts", "due_at"),
        *("watch", "story_id", "relation", "discovered_from", "discovered_at"),
    )
    captures = ("fetched_at", "kind", "status", "url", "outcome", "reason", "change", "payload_sha256")
    revisions = ("id", "recorded_at", "title", "chars", "story_id", "change", "standing_reason")
    return {
        "page": {name: getattr(at, name) for name in page_facts},
        "path": one.path,
        "captures": [{name: getattr(each, name) for name in captures} for each in one.captures[-_VISITS:]],
        "visits": len(one.captures),
        "revisions": [{name: getattr(each, name) for name in revisions} for each in one.revisions[-_VISITS:]],
        "named_by": one.named_by[:_VISITS],
        "doubts": one.doubts,
    }
