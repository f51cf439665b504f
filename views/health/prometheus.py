"""PURE: how the series fare, as Prometheus reads it from a file or an endpoint (text format 0.0.4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_LEVELS: Final = {"well": 0, "look": 1, "broken": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one series.

    Attributes:
        signs: Of each its word and its level.
        newest: When its newest story was published.
    """

    series: str
    signs: Sequence[tuple[str, str]]
    stories: int = 0
    missing: int = 0
    last_run: datetime | None = None
    last_exit: int | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Of the whole archive; `size` in bytes, None where it is no file."""

    signs: Sequence[tuple[str, str]]
    size: int | None
    waiting_notices: int
    looked_at: datetime | None


def prometheus_text(series: Sequence[Figures], whole: Whole) -> str:
    """All of it, in the order in which a scraper wants it: each metric with its help and all its samples."""
    return "".join(f"{line}\n" for line in _lines(series, whole))


def _lines(series: Sequence[Figures], whole: Whole) -> Iterator[str]:
    signs: list[tuple[dict[str, str], float | None]] = [
        (_of(one) | {"what": what, "level": level}, 1) for one in series for what, level in one.signs
    ]
    signs += [({"series": "", "what": what, "level": level}, 1) for what, level in whole.signs]
    told: list[tuple[str, str, list[tuple[dict[str, str], float | None]]]] = [
        ("health", "0 well, 1 something to see, 2 broken", [(_of(one), _worst(one.signs)) for one in series]),
        ("archive_health", "the same of the whole archive", [({}, _worst(whole.signs))]),
        ("sign", "1 for each thing that scrapy health tells", signs),
        ("stories", "stories held", [(_of(one), one.stories) for one in series]),
        ("missing", "named stories that are not held", [(_of(one), one.missing) for one in series]),
        (
            "last_run_timestamp_seconds",
            "when its last one began",
            [(_of(one), _epoch(one.last_run)) for one in series],
        ),
        ("last_run_exit_code", "how its last crawl ended", [(_of(one), one.last_exit) for one in series]),
        ("newest_story_timestamp_seconds", "of its newest story", [(_of(one), _epoch(one.newest)) for one in series]),
        ("archive_bytes", "size of the archive's file", [({}, whole.size)]),
        ("waiting_notices", "that no channel has taken yet", [({}, whole.waiting_notices)]),
        ("scheduler_looked_timestamp_seconds", "when the scheduler last looked", [({}, _epoch(whole.looked_at))]),
    ]
    for name, about, samples in told:
        known = [(labels, value) for labels, value in samples if value is not None]
        if not known:
            continue
        yield f"# HELP wangqi_{name} {about}"
        yield f"# TYPE wangqi_{name} gauge"
        for labels, value in known:
            inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
            yield f"wangqi_{name}{f'{{{inside}}}' if inside else ''} {value}"


def _of(one: Figures) -> dict[str, str]:
    return {"series": one.series}


def _worst(signs: Sequence[tuple[str, str]]) -> int:
    return max((_LEVELS[level] for _, level in signs), default=0)


def _epoch(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
