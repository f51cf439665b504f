"""PURE: what somebody is told: of incidents that began or ended, and of what a time has brought."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from storage.rows import ChangeRow, IncidentRow
from views.cells import cell

_NAME: Final = "Wangqi"
_LONGEST: Final = 60  # characters of a fact in a subject
_TITLES: Final = 10  # of a kind and series in a digest
_KINDS: Final = {
    "new": "new",
    "revised": "revised by their publishers",
    "held": "changed so that a stranger may have done it; held",
    "tampered": "tampered with",
    "gone": "gone from their pages",
}


def of_incidents(
    begun: Sequence[IncidentRow], ended: Sequence[IncidentRow], *, titles: Mapping[str, str], room: str = ""
) -> tuple[str, str]:
    """The subject and the text of one notice; `titles` of series by name, `room` the address of the reading room."""
    first = (begun or ended)[0]
    if len(begun) + len(ended) == 1:
        said = f"{'' if begun else 'over: '}{first.fact}"
        subject = f"{_NAME}: {_of(first, titles)}: {said if len(said) <= _LONGEST else said[:_LONGEST] + '…'}"
    else:
        counts = [(len(begun), "to see"), (len(ended), "over")]
        subject = f"{_NAME}: " + ", ".join(f"{count} {what}" for count, what in counts if count)
    lines = [f"{_of(one, titles)}: {one.fact} ({one.level}: {one.what})" for one in begun]
    lines += [
        f"{_of(one, titles)}: over is: {one.fact} ({one.what}, from {cell(one.began_at)} to {cell(one.ended_at)})"
        for one in ended
    ]
    return subject, "\n".join([*lines, *([room] if room else [])])


def of_a_time(
    changes: Sequence[ChangeRow],
    time: tuple[datetime, datetime],
    *,
    titles: Mapping[str, str],
    missing: Mapping[str, int],
    room: str = "",
) -> tuple[str, str]:
    """The subject and the text of a digest; `titles` has all series that it is about, `missing` their missing parts."""
    new = sum(change.what == "new" for change in changes)
    since, until = time
    subject = f"{_NAME}: {new} new, {len(changes) - new} otherwise changed since {cell(since)[:10]}"
    lines = [f"From {cell(since)} to {cell(until)}."]
    for name, title in sorted(titles.items(), key=lambda one: one[1]):
        mine = [one for one in changes if one.series == name]
        mine.sort(key=lambda one: [*_KINDS, one.what].index(one.what))
        lines += ["", f"{cell(title)}: {'nothing new' if not mine else f'{len(mine)} things'}, {missing[name]} missing"]
        for what, some in groupby(mine, key=lambda one: one.what):
            lines += _of_a_kind(_KINDS.get(what, what), [*some], room)
    return subject, "\n".join(lines)


def _of_a_kind(words: str, changes: Sequence[ChangeRow], room: str) -> list[str]:
    lines = [f"  {len(changes)} {words}:"]
    for change in changes[:_TITLES]:
        place = f"{room}/story/{change.story_id}" if room else change.url
        lines.append(f"    {cell(change.title)}  {place}")
    left = len(changes) - _TITLES
    return [*lines, *([f"    … and {left} more"] if left > 0 else [])]


def _of(incident: IncidentRow, titles: Mapping[str, str]) -> str:
    return cell(titles.get(incident.series, incident.series)) if incident.series else "the archive"
