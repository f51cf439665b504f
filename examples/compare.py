"""Where an archive of the example site differs from `expected.json`, in words; an empty list is a right archive."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from crawler.scope.leads import is_lead
from examples.serve import ExampleSite
from storage import Archive
from storage.rows import StoryRow

SHANGHAI = ZoneInfo("Asia/Shanghai")
PRINTED = {"day": "%Y-%m-%d", "minute": "%Y-%m-%dT%H:%M", "second": "%Y-%m-%dT%H:%M:%S"}

Row = dict[str, Any]


def differences(archive: Archive, expected: Row, site: ExampleSite) -> list[str]:
    """`expected` is one entry of `crawls`; the archive is fresh but for a crawl from its start, `site` still served."""
    names = {name for row in archive.series() for name in (row.name, row.title)}
    if expected["series"] not in names:
        return [f"no series is named {expected['series']}, only {sorted(filter(None, names))}"]
    return [
        *_stories(archive, expected, site),
        *_pages(archive, expected, site),
        *_missing(archive, expected),
        *_edges(archive, expected, site),
    ]


def fetched_in_vain(never_fetched: list[str], site: ExampleSite) -> list[str]:
    """The requests that nobody should have made."""
    hits = (f"{host}:{path}" for host, paths in site.hits.items() for path in paths)
    return [hit for hit in hits if hit.startswith(tuple(never_fetched))]


def _stories(archive: Archive, expected: Row, site: ExampleSite) -> Iterator[str]:
    besides = {story["title"] for story in expected["besides"]}
    held = archive.series_ledger(expected["series"])
    order = [story.title for story in held if story.title not in besides]
    if order != [story["title"] for story in expected["stories"]]:
        yield f"the stories are, in this order, {order}"
    by_title = {story.title: story for story in held}
    for wanted in expected["stories"] + expected["besides"]:
        if story := by_title.get(wanted["title"]):
            yield from _facts(story, wanted, site)
        else:
            yield f"no story {wanted['title']}"


def _facts(story: StoryRow, wanted: Row, site: ExampleSite) -> Iterator[str]:
    local = story.published_at and story.published_at.astimezone(SHANGHAI)
    facts = {
        "author": story.author,
        "source": story.source,
        "ordinal": story.ordinal,
        "precision": story.published_precision,
        "published": local and local.strftime(PRINTED[wanted["precision"]]),
        "opens": story.text[: len(wanted["opens"])],
    }
    for name, value in facts.items():
        if value != wanted[name]:
            yield f"{story.title}: {name} is {value!r}, not {wanted[name]!r}"
    if story.url != site.url(wanted["page"]):
        yield f"{story.title}: its text is taken from {story.url}, not from {wanted['page']}"
    _, found, after = story.text.partition(wanted["ends"])
    if not found or "\n" in after.strip("\n"):  # one line may follow: the closing credits
        yield f"{story.title}: ends with {story.text[-60:]!r}, not with {wanted['ends']!r}"


def _pages(archive: Archive, expected: Row, site: ExampleSite) -> Iterator[str]:
    for wanted in expected["pages"]:
        page = next((history.page for history in archive.why(site.url(wanted["page"]))), None)
        if page is None:
            yield f"{wanted['page']} is not known"
            continue
        if page.outcome != wanted["outcome"]:
            yield f"{wanted['page']} ended {page.outcome}, not {wanted['outcome']}: {page.reason}"
        if wanted["outcome"] == "copy" and page.relation != wanted["relation"]:
            yield f"{wanted['page']} is held to be {page.relation}, not {wanted['relation']}"
        detail = archive.story(page.story_id) if page.story_id is not None else None
        if detail and detail.story.title != wanted.get("story"):
            yield f"{wanted['page']} carries {detail.story.title}, not {wanted.get('story')}"
    places = (place for row in archive.series() for place in archive.addresses(row.id))
    known = sum(not is_lead(place.found_reason) for place in places)  # a crawl that lacks something looks around
    if known != len(expected["pages"]):
        yield f"{known} pages are known, not {len(expected['pages'])}"


def _missing(archive: Archive, expected: Row) -> Iterator[str]:
    held = {one.title: (one.outcome or "no_link", sorted(one.named_by)) for one in archive.missing(expected["series"])}
    wanted = {one["title"]: (one["reason"], sorted(one["named_by"])) for one in expected["missing"]}
    for title in sorted(held.keys() | wanted.keys()):
        if held.get(title) != wanted.get(title):
            yield f"missing {title}: {held.get(title)}, not {wanted.get(title)}"


def _edges(archive: Archive, expected: Row, site: ExampleSite) -> Iterator[str]:
    """The edges to stories that are held; those to missing ones are compared with the missing."""
    missing = {one["title"] for one in expected["missing"]}
    wanted = {
        (site.url(edge["page"]), edge["position"], edge["to"], edge["linked"])
        for edge in expected["edges"]
        if edge["to"] not in missing
    }
    details = filter(None, (archive.story(story.id) for story in archive.series_ledger(expected["series"])))
    held = {
        (line.by_url, line.position, detail.story.title, line.url is not None)
        for detail in details
        for line in detail.named_by
    }
    yield from (f"the edge {edge} is lacking" for edge in sorted(wanted - held))
    yield from (f"the edge {edge} is on no page" for edge in sorted(held - wanted))
