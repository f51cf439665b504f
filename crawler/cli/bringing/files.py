"""Pictures and attachments in JSON lines: with their bytes, or named alone."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

from crawler.cli.bringing.told import LineError, moment
from storage import Archive
from storage.files.shown import KEPT
from storage.rows.files import FileSaid
from wangqi.outcomes import FINAL, WORTH_ANOTHER_LOOK, Outcome
from wangqi.readings.files import KINDS, StoryFile, why_unfit
from wangqi.urls import is_web_url
from wangqi.visit import Capture

_STAYS_SO: Final = FINAL & WORTH_ANOTHER_LOOK  # what a server has said, and no limit of the other archive
TAKEN: Final = "pictures and files"
NAMED: Final = "pictures and files named without their bytes"


def take(archive: Archive, series_id: int, run_id: int, name: str, values: Mapping[str, Any]) -> str:
    """Keeps one that a story here shows, unless it is kept already; answers in a word what became of it.

    Raises:
        LineError: Its bytes are not those that the line names, or no such file.
    """
    found = archive.asked_file(series_id, values["url"])
    if found is None:
        return "pictures and files that no story here shows"
    number, outcome = found
    if outcome == KEPT:
        return "pictures and files known"
    when = moment(values.get("fetched_at")) or datetime.now(UTC)
    if values.get("sha256") is None:
        if outcome is None and values["outcome"] in _STAYS_SO:
            reason = f"{values.get('reason') or values['outcome']}, by {name}"
            word = cast("Outcome", values["outcome"])
            archive.refuse_file(number, run_id, word, reason, Capture(url=values["url"], fetched_at=when))
            return "pictures and files that are gone"
        return NAMED
    if not values.get("body"):
        return NAMED
    body = base64.b64decode(values["body"], validate=True)
    if hashlib.sha256(body).hexdigest() != values["sha256"]:
        raise LineError("its bytes are not those of its SHA-256")
    if why := why_unfit(values["kind"], body):
        raise LineError(f"{values['url']!r:.80} is not kept: {why}")
    came = Capture(
        url=values.get("answered_url") or values["url"],
        fetched_at=when,
        status=values.get("status"),
        headers=values.get("headers") or {},
        body=body,
    )
    said = values.get("said")
    archive.keep_file(number, run_id, came, FileSaid(**said) if said else None)
    return TAKEN


def named(values: Sequence[Mapping[str, Any]]) -> Iterator[StoryFile]:
    """Those that a line of `export stories.jsonl` names; they are asked for by the next crawl."""
    for one in values:
        if one["kind"] in KINDS and is_web_url(one["url"]):
            yield StoryFile(one["kind"], one["url"], one.get("caption"), one.get("credit"))
