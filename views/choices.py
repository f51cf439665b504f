"""PURE: what a person may have meant by a title that names several pages, or none."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from storage.rows import MissingStory, PageHistory
from views.cells import cell
from wangqi.program import program
from wangqi.text.forms import match_key

_MOST_MEANT = 5
_NEAR = 60  # of 100, rapidfuzz's weighted ratio: a title typed with a slip, or a part of it


def choices(found: Sequence[PageHistory | MissingStory]) -> str:
    """A line for each page or title, to choose one by its address."""
    lines = [
        f"{len(found)} pages or titles are called so. Name one by its address: {program()} why URL",
        *map(_line, found),
    ]
    return "\n".join(lines)


def _line(one: PageHistory | MissingStory) -> str:
    if isinstance(one, MissingStory):
        return f"  title without a page  《{cell(one.title)}》, named by {cell(one.named_by)}"
    page = one.page
    title = one.revisions[-1].title if one.revisions else page.title
    return f"  {page.outcome or 'not visited yet'}  {cell(page.url)}" + (f"  《{cell(title)}》" if title else "")


def nearest(asked: str, titles: Iterable[str]) -> list[str]:
    """The titles most like the one asked for, the nearest first; empty where none is near."""
    keys: Mapping[str, str] = {title: key for title in titles if (key := match_key(title))}
    wanted = match_key(asked)
    if not wanted:
        return []
    near = process.extract(wanted, keys, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=_MOST_MEANT)
    return [title for _, _, title in near]
