"""PURE: the history of a page, in plain words."""

from collections.abc import Iterator

from storage.rows import CaptureRow, MissingStory, PageHistory, PageRow
from views.cells import cell
from views.language.words import LINKS, PAGE_CHANGES
from wangqi.copies.ranks import TAMPERED

_STEPS = 6


def describe_history(history: PageHistory | MissingStory) -> str:
    """Several lines, safe for a terminal."""
    lines = _of_title(history) if isinstance(history, MissingStory) else _of_page(history)
    return "\n".join(lines) + "\n"


def _of_title(gap: MissingStory) -> Iterator[str]:
    yield f"《{cell(gap.title)}》 is not stored: {cell(gap.reason)}."
    yield f"  It is named by: {cell(gap.named_by)}."


def _of_page(history: PageHistory) -> Iterator[str]:
    page = history.page
    yield cell(page.url)
    yield f"  Now: {_now(page)}"
    yield f"  Found {cell(page.discovered_at)}: {_found(page)}."
    if len(history.path) > 2:
        yield f"  The way here, {len(history.path) - 1} links from a page that a person named:"
        yield from (f"    {step}" for step in _shortened([cell(url) for url in history.path]))
    if history.captures:
        yield f"  Visits: {len(history.captures)}"
        yield from (f"    {_visit(one)}" for one in history.captures)
    if history.revisions:
        yield f"  Texts: {len(history.revisions)}"
        for one in history.revisions:
            told = [one.standing_reason] if one.standing >= TAMPERED else []
            told += [PAGE_CHANGES[one.change]] if one.change else []
            change = f" ({cell('; '.join(told))})" if told else ""
            text = f"r{one.id}: {one.chars} characters of story {one.story_id}, 《{cell(one.title)}》"
            yield f"    {cell(one.recorded_at)}  {text}{change}"
        left_out = (history.revisions[-1].details or {}).get("remarks", ())
        yield from (f"  Left out: {cell(remark)}" for remark in left_out)
    yield from (f"  Not followed: {cell(doubt)}" for doubt in history.doubts)
    if history.named_by:
        yield f"  Named by: {len(history.named_by)}"
        yield from (f"    《{cell(line.title)}》 on {cell(line.by_url)}" for line in history.named_by)
    yield f"  Next: {_next(page)}."


def _now(page: PageRow) -> str:
    if page.outcome is None:
        return "not visited yet"
    reason = f": {cell(page.reason)}" if page.reason else ""
    story = f"; it carries story {page.story_id}" if page.story_id is not None else ""
    relation = f" ({cell(page.relation)})" if page.relation else ""
    return f"{cell(page.outcome)}{reason}{story}{relation}"


def _found(page: PageRow) -> str:
    if page.discovered_from is None:
        return "a person or the catalogue named it"
    title = f", 《{cell(page.title)}》," if page.title else ""
    return f"{LINKS.get(page.via, cell(page.via))}{title} on {cell(page.discovered_from)}"


def _visit(one: CaptureRow) -> str:
    answer = f"HTTP {one.status}" if one.status is not None else "no answer"
    moved = f" from {cell(one.url)}" if one.kind != "error" else ""
    reason = f" ({cell(one.reason)})" if one.reason else ""
    change = f"; {PAGE_CHANGES[one.change]}" if one.change else ""
    return f"{cell(one.fetched_at)}  {answer}{moved}: {cell(one.outcome)}{reason}{change}"


def _next(page: PageRow) -> str:
    if page.state == "leased":
        return "a crawl is at it"
    if page.state == "due" and page.due_at is not None:
        tries = f", after {page.attempts} failed {'try' if page.attempts == 1 else 'tries'}" if page.attempts else ""
        return f"a crawl reads it on {cell(page.due_at)} or later{tries}"
    return "every crawl reads it" if page.watch else "it is not read again unless somebody asks"


def _shortened(path: list[str]) -> list[str]:
    if len(path) <= _STEPS:
        return path
    half = _STEPS // 2
    return [*path[:half], f"… {len(path) - _STEPS} more …", *path[-half:]]
