"""What a person reads when a crawl has ended. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from storage.rows import DoubtRow, FlawedStory, MissingStory, PageRow, RunRow, SeriesRow
from storage.rows.files import LackingFile
from wangqi import exit_codes
from wangqi.outcomes import ACCOUNTED, FAILURES, HELD, OUTCOMES, STORIES
from wangqi.program import program

_MEANING = {
    exit_codes.COMPLETE: "every page reached a final state",
    exit_codes.ERROR: "error; the log names it",
    exit_codes.DISK: "the disk is full; nothing is torn, make room and run it again",
    exit_codes.DAMAGED: "the archive is damaged; verify says where",
    exit_codes.SIGNAL: "stopped by a signal; run it again to go on",
    exit_codes.SECOND_SIGNAL: "stopped at once by a second signal; run it again to go on",
    exit_codes.LIMIT: "stopped at a limit; run it again to go on",
    exit_codes.PARTIAL: "the series is not known to be whole; what is open stands above",
    exit_codes.SILENT: "nothing new, though the series' rhythm expected it",
}
# Outcomes of pages that a person may ask about.
UNPRODUCTIVE = FAILURES | ACCOUNTED
_SHOWN = 10


def summary(
    series: SeriesRow,
    run: RunRow,
    missing: Sequence[MissingStory],
    unproductive: Iterable[PageRow] = (),
    *,
    doubts: Sequence[DoubtRow] = (),
    unread: Sequence[PageRow] = (),
    rules: Sequence[str] = (),
    flawed: Sequence[FlawedStory] = (),
    files: Sequence[LackingFile] = (),
) -> str:
    """The end of a crawl in a few lines: the series, the run's pages by outcome, what failed, what is missing and why.

    Of the `unproductive` pages, which ended in a word of `UNPRODUCTIVE`, those are listed that failed, that are not
    believed yet, or that a person named, unless they are listed as missing or among `unread` pages of columns.
    """
    named = {story.url for story in missing}
    columns = {page.url for page in unread}
    shown = [page for page in unproductive if _is_shown(page) and page.url not in named | columns]
    held = [page for page in shown if page.outcome in HELD and page.story_id is not None]
    partial = [page for page in shown if page.outcome in STORIES and page not in held]
    failed = [page for page in shown if page.outcome not in STORIES and page not in held]
    more = f"series {series.name!r}"
    sums = f"{_count(series.stories, 'story', 'stories')} on {_count(series.pages, 'page', 'pages')}"
    return "\n".join(
        [
            f"{series.title or series.name}: {sums} ({series.name})",
            f"  this run: {_counted(run)}",
            *_listed("no story", [f"{page.url}: {page.reason or page.outcome}" for page in failed], "why URL"),
            *_listed("held back", [f"{page.url}: {page.outcome}: {page.reason}" for page in held], "review"),
            *_listed("incomplete", [f"{page.url}: {page.reason}" for page in partial], "why URL"),
            *_listed("missing", [f"{_title(story)}: {story.reason}" for story in missing], more),
            *_listed("columns not read", [f"{page.url}: {page.reason or 'not visited'}" for page in unread], more),
            *_listed("flaws", [f"《{one.title}》: {one.flaws}" for one in flawed], "series NAME --json"),
            *_listed("pictures and files not kept", [_lacks(one) for one in files if not one.is_kept], "show STORY"),
            *_listed("files whose words were not read", [_lacks(one) for one in files if one.is_kept], "show STORY"),
            *_listed("rules that found nothing", rules, "extract URL --rules"),
            *_listed("doubts", [doubted(doubt) for doubt in doubts], more),
            f"  exit code {run.exit_code}: {_meaning(series, run)}",
        ]
    )


def doubted(doubt: DoubtRow) -> str:
    """The sentence, with where it was seen."""
    besides = f" and {doubt.pages - 1} more" if doubt.pages > 1 else ""
    return f"{doubt.words} ({doubt.url}{besides})" if doubt.url else doubt.words


def _lacks(file: LackingFile) -> str:
    return f"{file.url}: {file.reason}"


def _is_shown(page: PageRow) -> bool:
    return page.outcome in FAILURES or page.unconfirmed_since is not None or page.depth == 0


def _meaning(series: SeriesRow, run: RunRow) -> str:
    if run.exit_code == exit_codes.ERROR and not series.stories:
        return "no story was found"
    return _MEANING.get(run.exit_code or 0, f"see {program()} crawl --help")


def _listed(heading: str, lines: Sequence[str], more: str) -> Iterator[str]:
    if lines:
        yield f"  {heading}: {len(lines)}"
        yield from (f"    {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"    … and {len(lines) - _SHOWN} more: {program()} {more}"


def _counted(run: RunRow) -> str:
    counted = ", ".join(f"{run.counts[word]} {word}" for word in OUTCOMES if run.counts.get(word)) or "no page was read"
    return f"{counted} ({_count(run.requests, 'request', 'requests')})"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _title(story: MissingStory) -> str:
    return f"《{story.title}》" if story.title else story.url or "?"
