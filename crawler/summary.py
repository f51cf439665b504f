"""What a person reads when a crawl has ended."""

from collections.abc import Iterable, Sequence

from crawler import exit_codes
from storage.rows import MissingStory, RunRow, SeriesRow

_MEANING = {
    exit_codes.COMPLETE: "complete",
    exit_codes.ERROR: "error",
    exit_codes.DISK: "the disk is full",
    exit_codes.SIGNAL: "stopped by a signal; run it again to go on",
    exit_codes.LIMIT: "stopped at a limit; run it again to go on",
    exit_codes.PARTIAL: "some pages failed, or some named stories were not found",
    exit_codes.SILENT: "nothing new, though the series' rhythm expected it",
}
_ORDER = ("stored", "revised", "copy", "unchanged", "listing")
_SHOWN = 10


def summary(series: SeriesRow, run: RunRow, missing: Sequence[MissingStory]) -> str:
    """The end of a crawl in a few lines: the series, the run's pages by outcome, what is missing and why."""
    return "\n".join(_lines(series, run, missing))


def _lines(series: SeriesRow, run: RunRow, missing: Sequence[MissingStory]) -> Iterable[str]:
    code = run.exit_code if run.exit_code is not None else exit_codes.ERROR
    yield f"{series.title or series.name}: {series.stories} stories on {series.pages} pages ({series.name})"
    yield f"  this run: {_counted(run)}"
    if missing:
        yield f"  missing: {len(missing)}"
        yield from (f"    {_title(story)}: {story.reason}" for story in missing[:_SHOWN])
        if len(missing) > _SHOWN:
            yield f"    … and {len(missing) - _SHOWN} more: scrapy series {series.name!r}"
    yield f"  exit code {code}: {_MEANING.get(code, 'see scrapy crawl --help')}"


def _counted(run: RunRow) -> str:
    words = [word for word in _ORDER if run.counts.get(word)]
    words += sorted(set(run.counts) - set(_ORDER))
    counted = ", ".join(f"{run.counts[word]} {word}" for word in words) or "no page was stored"
    return f"{counted} ({run.requests} requests)"


def _title(story: MissingStory) -> str:
    return f"《{story.title}》" if story.title else story.url or "?"
