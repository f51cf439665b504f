"""PURE: how a series fares by its own past: its runs, its rhythm, and what is read of its stories."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from statistics import median
from typing import Final, Literal
from zoneinfo import ZoneInfo

from crawler.catalogue.file import SeriesSpec
from crawler.catalogue.times import crontab
from crawler.scheduling.timing import due_by_interval, has_missed_two
from storage.rows import RunRow, SeriesRow, StoryRow
from wangqi import exit_codes
from wangqi.outcomes import OUTCOMES
from wangqi.series.gaps import is_overdue

Level = Literal["look", "broken"]

# A crawl that ended so has done what it could: what is open is listed, or a person or a limit has stopped it.
_ORDERLY: Final = {
    exit_codes.COMPLETE,
    exit_codes.PARTIAL,
    exit_codes.SILENT,
    exit_codes.LIMIT,
    exit_codes.SIGNAL,
    exit_codes.SECOND_SIGNAL,
}
_READ: Final = frozenset(word for word, its in OUTCOMES.items() if its.stand in {"story", "listing"})
RUNS: Final = 3  # newest runs that are looked at; so many bad ones in a row are no accident
_PAGES: Final = 10  # fewer say nothing of a site
_BLOCKED, _MOSTLY_BLOCKED = 0.1, 0.5  # of the pages of these runs
NEWEST, _BEFORE = 10, 20  # stories whose reading is held beside that of those before them; fewer prove nothing
STORIES: Final = 60
_STREAK, _NEARLY_ALL = 3, 0.95  # so many in a row without what nearly all had are no accident
_HAD, _HAS = 0.8, 0.5  # a fact that so many stories had and fewer have now was lost by the reading, not the publisher
_HOURS: Final = 72  # up to which an age is told in hours
_SHRUNK: Final = 0.3  # of the usual length
_FACTS: Final[dict[str, Callable[[StoryRow], object]]] = {
    "dates": lambda story: story.published_at,
    "authors": lambda story: story.author,
    "sources": lambda story: story.source,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something about a series that a person should see.

    Attributes:
        level: `look` may be as it should, `broken` is not.
        what: One word, for programs.
        fact: One sentence, for people.
    """

    level: Level
    what: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of a series.

    Attributes:
        spec: Its entry of the catalogue, or None.
        row: None of an entry that was never crawled.
        runs: The newest ones, newest first.
        stories: The newest ones by the crawl that first saw them, newest first.
        newest: When the newest story was published, or None.
        every: Of an entry whose `schedule` is "auto": the time between two runs that suits it now.
        is_running: A crawl of it runs at this moment.
        is_told_silent: Somebody was told of its silence, and not yet of the end of that.
    """

    spec: SeriesSpec | None
    row: SeriesRow | None
    runs: Sequence[RunRow] = ()
    stories: Sequence[StoryRow] = ()
    newest: datetime | None = None
    every: timedelta | None = None
    is_running: bool = False
    is_told_silent: bool = False


def signs_of(past: Past, now: datetime, *, is_disk_full: bool = False) -> list[Sign]:
    """All that is to be seen, the worst first; none of a series that is well.

    While the disk is full, crawls that end for that say nothing of their series.
    """
    ended = (past.runs[1:] if past.is_running else past.runs)[:RUNS]
    signs = [
        *_missed(past, now),
        *_failed(ended, is_disk_full=is_disk_full),
        *_blocked(ended),
        *_silent(past, now),
        *_lost(past.stories),
        *_growing(ended),
    ]
    return sorted(signs, key=lambda sign: sign.level != "broken")


def _missed(past: Past, now: datetime) -> Iterator[Sign]:
    """Runs that its schedule asked for and that did not begin: the newest may just be about to."""
    spec = past.spec
    if spec is None or not (spec.schedule or spec.every) or past.is_running:
        return
    if not past.runs:
        yield Sign(level="look", what="never_crawled", fact="it was never crawled, though it has a schedule")
        return
    last = past.runs[0].started_at
    if every := spec.every or past.every:
        is_late = due_by_interval(2 * every, last, now)
    else:
        is_late = has_missed_two(crontab(spec.schedule or ""), ZoneInfo(spec.timezone), last, now)
    if is_late:
        told = f"its last crawl began {_ago(last, now)}, and two were due since: is the scheduler running?"
        yield Sign(level="broken", what="missed_runs", fact=told)


def _failed(runs: Sequence[RunRow], *, is_disk_full: bool) -> Iterator[Sign]:
    orderly = _ORDERLY | ({exit_codes.DISK} if is_disk_full else set())
    bad = [run for run in runs if run.ended_at is None or run.exit_code not in orderly]
    if runs and runs[0] in bad:
        run, code = runs[0], runs[0].exit_code
        how = "died" if run.ended_at is None or code is None else f"ended with {code}"
        rest = f", and so {len(bad)} of the last {len(runs)} crawls went wrong" if len(bad) > 1 else ""
        yield Sign(
            level="broken" if len(bad) == RUNS else "look", what="failed_runs", fact=f"its last crawl {how}{rest}"
        )
    if runs and _read_nothing(runs[0]) and not runs[0].counts.get("blocked"):
        said = ", ".join(f"{count} {word}" for word, count in runs[0].counts.items())
        yield Sign(level="broken", what="nothing_read", fact=f"its last crawl read no story and no list: {said}")


def _read_nothing(run: RunRow) -> bool:
    return bool(run.counts) and not _READ & run.counts.keys()


def _blocked(runs: Sequence[RunRow]) -> Iterator[Sign]:
    """Of the newest runs together, while the very newest is refused something; or all that this has asked for."""
    if not runs or not runs[0].counts.get("blocked"):
        return
    if _read_nothing(runs[0]):
        told = f"its last crawl read nothing: {runs[0].counts['blocked']} pages were refused to us"
        yield Sign(level="broken", what="blocked", fact=told)
        return
    pages = sum(sum(run.counts.values()) for run in runs)
    blocked = sum(run.counts.get("blocked", 0) for run in runs)
    if pages >= _PAGES and blocked >= _BLOCKED * pages:
        level: Level = "broken" if blocked >= _MOSTLY_BLOCKED * pages else "look"
        told = f"{blocked} of the {pages} pages of its last {len(runs)} crawls were refused to us"
        yield Sign(level=level, what="blocked", fact=told)


def _growing(runs: Sequence[RunRow]) -> Iterator[Sign]:
    """Named stories that are not held, more of them after each of the newest crawls."""
    missing = [run.missing for run in runs[:RUNS] if run.missing is not None]
    if len(missing) == RUNS and all(later > earlier for later, earlier in pairwise(missing)):
        told = f"named stories that are neither held nor known to be gone: {', '.join(map(str, reversed(missing)))}"
        yield Sign(level="look", what="missing_grows", fact=f"{told} after its last {RUNS} crawls")


def _silent(past: Past, now: datetime) -> Iterator[Sign]:
    newest = _newest(past)
    told = past.is_told_silent  # that it has ended by now ends no silence
    if past.row and newest and is_overdue(newest, past.row.cadence_days, now, even_if_ended=told):
        fact = f"its newest story is of {newest.date()}, and one comes every {past.row.cadence_days:.0f} days"
        yield Sign(level="look", what="silent", fact=fact)


def _newest(past: Past) -> datetime | None:
    """When its newest story came; one without a date when it was first seen, unless that is so of all of them."""
    undated = [*takewhile(lambda story: story.published_at is None, past.stories)]
    seen = [story.first_seen_at for story in undated] if len(undated) < len(past.stories) else []
    return max((each for each in (past.newest, *seen) if each), default=None)


def _lost(stories: Sequence[StoryRow]) -> Iterator[Sign]:
    """What the newest stories lack that those before them had: the template has changed under the reading."""
    unread = sum("\ufffd" in story.text or "\ufffd" in story.title for story in stories[:NEWEST])
    if unread:
        told = f"{unread} of its newest {len(stories[:NEWEST])} stories have characters that could not be read (U+FFFD)"
        yield Sign(level="look", what="unreadable_characters", fact=told)
    for what, fact in _FACTS.items():
        if lacking := _lacking([fact(story) is not None for story in stories]):
            yield Sign(level="look", what=f"fewer_{what}", fact=f"{what}: {lacking}")
    new, old = stories[:NEWEST], stories[NEWEST:]
    if len(old) < _BEFORE:
        return
    length, usual = (median(story.chars for story in part) for part in (new, old))
    if length < _SHRUNK * usual:
        told = f"its newest {len(new)} stories have {length:.0f} characters each, those before them {usual:.0f}"
        yield Sign(level="look", what="shorter_texts", fact=told)


def _lacking(have: Sequence[bool]) -> str | None:
    """What is told of a fact that stories, the newest first, have or have not.

    It is lost where nearly all had it and the newest three in a row have not, or most had it and few of ten have.
    """
    streak = next((at for at, has in enumerate(have) if has), len(have))
    before = have[streak:]
    if streak >= _STREAK and len(before) >= _BEFORE and sum(before) >= _NEARLY_ALL * len(before):
        return f"the newest {streak} stories have none, and {sum(before)} of the {len(before)} before them have one"
    new, old = have[:NEWEST], have[NEWEST:]
    if len(old) >= _BEFORE and sum(old) >= _HAD * len(old) and sum(new) < _HAS * len(new):
        return f"{sum(new)} of the newest {len(new)} stories have one, and {sum(old)} of the {len(old)} before them"
    return None


def _ago(moment: datetime, now: datetime) -> str:
    hours = (now - moment) / timedelta(hours=1)
    return f"{hours:.0f} hours ago" if hours < _HOURS else f"{hours / 24:.0f} days ago"
