"""JSON lines of another archive, taken into this one: what is here already stays as it is."""

import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from crawler.cli.bringing import files
from crawler.cli.bringing.takings import Takings
from crawler.cli.bringing.told import LineError, Told, moment
from pipelines.analyse import in_normal_form, marks_of
from pipelines.deduplicate import judge_of, registry_of, trim_of
from storage import Archive
from storage.db.errors import UndecidableError, UnknownTextError
from wangqi.bibliography import FACTS
from wangqi.outcomes import FINAL
from wangqi.readings.files import files_of
from wangqi.titles.keys import title_key
from wangqi.urls import canonical_or_none
from wangqi.visit import Capture, Discovery, NamedStory, Reading, Visit

_VERSIONS: Final = frozenset({1, 2})
_WITHOUT_END: Final = 1  # files of this version do not tell how many lines they have
_WHOLE: Final = ".wangqi.jsonl"  # how files end that have a last line
_LONGEST: Final = 64 * 2**20  # bytes of a line
_WORDS: Final = {"stored": "stories stored", "filled": "stories stored", "copy": "copies of stories stored"}
_UNREAD: Final = "what it says cannot be read"


class Lines:
    """Takes the lines of one file.

    Args:
        archive: Open for writing.
        name: Of the file, by which what comes from it is known.
        takings: The runs that take them.
        is_trusted: Its texts have the trust of pages that this archive has read itself.
    """

    def __init__(self, archive: Archive, name: str, takings: Takings, *, is_trusted: bool = False) -> None:
        self._archive = archive
        self._takings = takings
        self._name = name
        self._is_trusted = is_trusted
        self._registry = registry_of(archive)
        self._series: dict[str, int] = {}
        self._told = Told()
        self._number = 0  # of the line
        self._lacks_end = False
        self._takers: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
            "archive": self._version,
            "end": self._end,
            "series": self._take_series,
            "text": self._text,
            "file": self._file,
            "page": self._page,
            "site": self._site,
            "ruling": self._ruling,
            "said": self._said,
        }

    def take(self, file: Path) -> Told:
        """Line after line, each in a transaction of its own: who is stopped goes on with the same command."""
        told = self._told = Told()
        self._lacks_end = file.name.endswith(_WHOLE)
        with file.open("rb") as lines:
            number = 0
            while line := lines.readline(_LONGEST):
                number += 1
                self._number = number
                try:
                    if line.strip() and (word := self._line(line)):
                        told.counts[word] += 1
                except LineError as error:
                    told.problems.append(f"line {number}: {error}")
        if self._lacks_end:
            told.problems.append(f"line {number + 1}: the last line that an export writes is missing: it is cut off")
        return told

    def _line(self, line: bytes) -> str:
        try:
            values = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise LineError("it is no JSON, or cut off") from error
        if not isinstance(values, dict):
            raise LineError("it is no JSON object")
        take = self._takers.get(values.get("line", "text"))
        if take is None:
            raise LineError(f"it is a line of a kind that nobody here knows: {values['line']!r:.40}")
        try:
            return take(values)
        except (KeyError, TypeError, AttributeError, OverflowError, binascii.Error) as error:
            raise LineError(f"{_UNREAD}: {type(error).__name__} {error}"[:200]) from error

    def _version(self, values: Mapping[str, Any]) -> str:
        if values["version"] not in _VERSIONS:
            raise LineError(f"it was written by another release (version {values['version']!r:.20})")
        self._lacks_end = values["version"] != _WITHOUT_END
        return ""

    def _end(self, values: Mapping[str, Any]) -> str:
        self._lacks_end = False
        if values["lines"] != self._number - 1:
            raise LineError(f"{values['lines']} lines should stand before it, and {self._number - 1} do")
        return ""

    def _take_series(self, values: Mapping[str, Any]) -> str:
        self._series_of(values["name"], values.get("title"), values.get("start") or (), values.get("publisher"))
        return "series"

    def _series_of(
        self, name: str, title: str | None = None, start: Iterable[str] = (), publisher: str | None = None
    ) -> int:
        """The series of this name, or the one of this title; made where there is neither."""
        if name not in self._series:
            known = self._archive.series_called(name)
            if known is None and title:
                known = next((row.id for row in self._archive.series() if row.title == title), None)
            if known is None:
                known = self._archive.series_named(name, title=title, start=list(start), publisher=publisher)
            self._series[name] = known
        return self._series[name]

    def _text(self, values: Mapping[str, Any]) -> str:
        url = self._url(values["url"])
        series_id = self._series_of(values["series"], values.get("series_title"))
        if any(history.page.story_id is not None for history in self._archive.why(url)):
            return "stories known"
        visit = self._visit(series_id, url, values)
        recorded = self._archive.record(visit, judge_of(visit), trim_of(visit)).result()
        if "line" not in values and visit.reading and visit.reading.files:
            self._told.counts[files.NAMED] += len(visit.reading.files)
        return _WORDS.get(recorded.outcome, recorded.outcome)

    def _visit(self, series_id: int, url: str, values: Mapping[str, Any]) -> Visit:
        facts: dict[str, Any] = {name: values.get(name) for name in FACTS} | {"title": values["title"]}
        facts["published_at"] = moment(values.get("published_at"))
        details: Any = dict(values.get("details") or {})
        when = moment(values.get("fetched_at") or values.get("first_seen_at"))
        if not self._is_trusted:
            since = f", captured {when:%Y-%m-%d}" if when else ""
            details |= {"held_by": f"{self._name}{since}", "at_home": False}
        facts["details"] = details
        reading = Reading(
            **facts,
            text=values["text"],
            series_title=values.get("series_title") if "line" in values else None,
            extractor_version=values.get("extractor_version") or "",
            files=files_of(details) or tuple(files.named(values.get("files") or ())),
        )
        if not isinstance(reading.text, str) or not isinstance(reading.title, str):
            raise LineError("it has no text, or no title")
        if not reading.text.strip() and not reading.files:
            raise LineError("it has neither a text nor pictures")
        reading = in_normal_form(reading)
        named = [
            NamedStory(position=int(place), title=title, title_key=title_key(title), url=canonical_or_none(link))
            for place, title, link in values.get("named") or ()
        ]
        return Visit(
            series_id=series_id,
            run_id=self._takings.of(series_id),
            url=url,
            outcome="filled",
            reason=f"out of {self._name}",
            capture=Capture(url=url, fetched_at=when or datetime.now(UTC)),
            reading=reading,
            marks=marks_of(reading, url, self._registry),
            named=named,
            discoveries=[Discovery(url=one.url, via="series", title=one.title) for one in named if one.url],
        )

    def _file(self, values: Mapping[str, Any]) -> str:
        series_id = self._series_of(values["series"])
        return files.take(self._archive, series_id, self._takings.of(series_id), self._name, values)

    def _page(self, values: Mapping[str, Any]) -> str:
        url, outcome = self._url(values["url"]), values["outcome"]
        if outcome not in FINAL:
            return ""  # what may still come is found by the next crawl
        if any(history.page.outcome for history in self._archive.why(url)):
            return "pages known"
        series_id = self._series_of(values["series"])
        reason = f"{values.get('reason') or outcome}, by {self._name}"
        run_id = self._takings.of(series_id)
        visit = Visit(series_id=series_id, run_id=run_id, url=url, outcome=outcome, reason=reason)
        self._archive.record(visit).result()
        return "pages without a story"

    def _site(self, values: Mapping[str, Any]) -> str:
        if self._archive.hosts(values["host"]):
            return "sites known"
        given: dict[str, Any] = {name: values.get(name) for name in ("trust", "icp", "owner")}
        self._archive.edit_host(values["host"], registrable=values["registrable"], by=self._name, **given)
        return "sites"

    def _ruling(self, values: Mapping[str, Any]) -> str:
        by = f"{values.get('by') or 'somebody'}, by {self._name}"
        url, word, series = self._url(values["url"]), values["word"], self._series_of(values["series"])
        if word not in {"belongs", "foreign"}:
            raise LineError(f"a page does not {word!r:.40}")
        if any(one.url == url and one.kind == word and one.undone_by is None for one in self._archive.rulings()):
            return "decisions known"
        return self._decided(lambda: self._archive.place_page(url, word, by=by, series=series))

    def _said(self, values: Mapping[str, Any]) -> str:
        by = f"{values.get('by') or 'somebody'}, by {self._name}"
        one, other, word = self._url(values["one"]), self._url(values["other"]), values["word"]
        if word not in {"same", "not_same"}:
            raise LineError(f"two texts are not {word!r:.40}")
        if any({said.one, said.other} == {one, other} for said in self._archive.said_of_texts()):
            return "decisions known"
        return self._decided(lambda: self._archive.decide(one, other, word, by=by))

    def _decided(self, decide: Callable[[], object]) -> str:
        try:
            decide()
        except (UndecidableError, UnknownTextError) as error:
            raise LineError(f"the decision was not taken over: {error}") from error
        return "decisions"

    def _url(self, written: object) -> str:
        url = canonical_or_none(written) if isinstance(written, str) else None
        if url is None:
            raise LineError(f"{written!r:.80} is no address of a page")
        return url
