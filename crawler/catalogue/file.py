"""The catalogue: `series.toml` to one `SeriesSpec` an entry, and to the rules for the pages of hosts."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from zoneinfo import ZoneInfo

from scrapy.exceptions import UsageError

from crawler.catalogue.channels import ABOVE, WHOLE, Channel, Secret
from crawler.catalogue.globs import matches_any
from crawler.catalogue.keys import KEYS, LINK_KINDS, Render, web_address
from crawler.catalogue.toml_lines import line_of
from wangqi.program import program

if TYPE_CHECKING:
    from crawler.extraction.rules.selectors import Rule

HOME_ZONE: Final = "Asia/Shanghai"
DEFAULT_FILE: Final = "series.toml"
RULES: Final = "rules"
# The spider that needs no entry, and what is no entry.
RESERVED_NAMES: Final = frozenset({"series", RULES})
_LIKE_A_DAY: Final = re.compile(r"=\s*\d{4}-\d{1,2}-\d{1,2}\s*(?:#|$)")
_KEY: Final = re.compile(r'\s*["\']?([\w.-]+)["\']?\s*[=＝]')
_NAME: Final = re.compile(r"\w[\w.-]{0,79}")
# What word processors and Chinese keyboards put in the place of TOML's own signs.
_LOOKALIKES: Final = {"“": '"', "”": '"', "‘": "'", "’": "'", "＝": "=", "，": ",", "［": "[", "］": "]"}


class CatalogueError(UsageError):
    """Raised for a catalogue that cannot be used; its message names the file, the line, the key and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSpec:
    """What is to be archived, how far, how often.

    Attributes:
        start: Stories of the series, or its column; where a first crawl begins.
        watch: Pages that every run reads anew, such as the column that lists the newest story.
        follow: The kinds of links to follow (see `crawler.extraction.model.SeriesLink`).
        include: Patterns of URLs, `*` for anything; when there are any, a page must fit one. A page of `start` or
            `watch` is always in scope.
        exclude: Patterns of URLs that are out of scope, whatever `include` says.
        max_pages: Of one run; None leaves it to the setting RUN_MAX_PAGES. `max_minutes` likewise (RUN_MAX_MINUTES).
        max_depth: Links from a start page; None is without limit.
        delay: Seconds between two requests to one host; None leaves it to the setting DOWNLOAD_DELAY.
        schedule: A crontab with weekday names, in `timezone`; or None. Never set together with `every`.
        every: The time between the starts of two runs, or None.
        timezone: Of the schedule, and of the dates on pages that name no zone; an IANA name.
        language: A tag such as `zh`; None when each page says its own.
        revisit: When a stored story is read again; None leaves that to the archive.
        recent: So long after its publication a story is read again every day; None leaves it to RECENT_DAYS.
        render: Whether a browser draws the pages: all of them, or `listing`, the columns and the pages of `start`.
        pictures: How large a picture of a story may be that is asked for, in bytes; `ANY_SIZE` for as large as
            any page, 0 for none, None leaves it to the setting PICTURES. `attachments` likewise (ATTACHMENTS).
        notify: Who is told of it, where it is others than those of the whole archive; `digest` is when.
    """

    name: str
    start: tuple[str, ...]
    title: str | None = None
    publisher: str | None = None
    watch: tuple[str, ...] = ()
    follow: tuple[str, ...] = LINK_KINDS
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pages: int | None = None
    max_depth: int | None = None
    max_minutes: float | None = None
    delay: float | None = None
    schedule: str | None = None
    every: timedelta | None = None
    timezone: str = HOME_ZONE
    language: str | None = None
    revisit: timedelta | None = None
    recent: timedelta | None = None
    render: Render = False
    pictures: int | None = None
    attachments: int | None = None
    notify: tuple[Secret, ...] = ()
    digest: str | None = None

    @classmethod
    def of_url(cls, url: str | None) -> Self:
        """The series of the story at this URL, under the name of the URL until its stories give it a better one.

        Raises:
            ValueError: when it is no http or https URL.
        """
        if not url:
            raise ValueError(f"Name a story to start from: {program()} crawl series -a url=https://…")
        address = web_address(url)
        return cls(name=address, start=(address,))

    @property
    def zone(self) -> ZoneInfo | None:
        """Whose clock the series' pages keep, where it is another than that of Asia/Shanghai."""
        return None if self.timezone == HOME_ZONE else ZoneInfo(self.timezone)

    def in_scope(self, url: str) -> bool:
        """Whether `include` and `exclude` let a page in."""
        if url in self.start or url in self.watch:
            return True
        if self.include and not matches_any(self.include, url):
            return False
        return not self.excludes(url)

    def excludes(self, url: str) -> bool:
        """Whether `exclude` names it."""
        return matches_any(self.exclude, url)


def is_name(text: str) -> bool:
    """Whether a series may have this name in a catalogue."""
    return text not in RESERVED_NAMES and _NAME.fullmatch(text) is not None


def read_catalogue(file: str | Path) -> dict[str, SeriesSpec]:
    """The entries by name, in the order of the file. A `series.toml` that is not there is an empty catalogue.

    Raises:
        CatalogueError: for the first thing that is wrong with it.
    """
    return parse_catalogue(_read(file), Path(file).name)


def read_rules(file: str | Path) -> "tuple[Rule, ...]":
    """The rules that a catalogue has for the pages of hosts; it may have no entries.

    Raises:
        CatalogueError: as of `read_catalogue`.
    """
    raw, name = _read(file), Path(file).name
    parse_catalogue(raw, name)
    return parse_rules(raw, name)


def read_channels(file: str | Path) -> dict[str, Channel]:
    """Who is told of what, by the name of the entry; `WHOLE` for all series that have no channel of their own.

    Raises:
        CatalogueError: as of `read_catalogue`.
    """
    raw, place_name = _read(file), Path(file).name
    specs = parse_catalogue(raw, place_name)
    tables, place = _tables(raw, place_name)
    channels = {
        name: Channel(name=name, addresses=spec.notify, digest=spec.digest, timezone=spec.timezone)
        for name, spec in specs.items()
        if spec.notify
    }
    if whole := _above(tables, place):
        channels[WHOLE] = whole
    return channels


def _read(file: str | Path) -> bytes:
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        if str(file) == DEFAULT_FILE:
            return b""
        raise CatalogueError(f"There is no catalogue {str(file)!r}. CATALOGUE names it; mend or unset that.") from error
    except OSError as error:
        raise CatalogueError(f"The catalogue {str(file)!r} cannot be read: {error.strerror}.") from error


def parse_catalogue(raw: bytes, file: str = DEFAULT_FILE) -> dict[str, SeriesSpec]:
    """PURE: as `read_catalogue`; `file` is only named in errors."""
    parse_rules(raw, file)
    tables, place = _tables(raw, file)
    _above(tables, place)
    return {
        name: _spec(name, table, place)
        for name, table in tables.items()
        if name != RULES and (name not in ABOVE or isinstance(table, dict))
    }


def _above(tables: Mapping[str, Any], place: "_Place") -> Channel | None:
    """The channel above all entries, if there is one."""
    values: dict[str, Any] = {}
    for key, reader in ABOVE.items():
        if key not in tables or isinstance(tables[key], dict):
            continue
        try:
            values[key] = reader(tables[key])
        except ValueError as error:
            raise CatalogueError(f"{place.file}, line {line_of(place.source, key, None)}: {key}: {error}") from error
    if "digest" in values and "notify" not in values:
        line = line_of(place.source, "digest", None)
        raise CatalogueError(f"{place.file}, line {line}: digest: nobody would have it. Add notify.")
    if "notify" not in values:
        return None
    return Channel(name=WHOLE, addresses=values["notify"], digest=values.get("digest"), timezone=HOME_ZONE)


def parse_rules(raw: bytes, file: str = DEFAULT_FILE) -> "tuple[Rule, ...]":
    """PURE: the rules alone; whatever else is wrong with the file is left to `parse_catalogue`."""
    tables, place = _tables(raw, file)
    if RULES not in tables:
        return ()
    from crawler.catalogue.rules import RuleError, rules_of  # noqa: PLC0415 - they are compiled, and few have any

    try:
        return rules_of(tables[RULES])
    except RuleError as error:
        line = line_of(place.source, RULES, error.key, error.number)
        where = " ".join(filter(None, ("[[rules]]", error.host, error.key)))
        raise CatalogueError(f"{file}, line {line}: {where}: {error}") from error


def _tables(raw: bytes, file: str) -> "tuple[dict[str, Any], _Place]":
    try:
        source = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CatalogueError(f"{file}, line {line}: not UTF-8. Save the file with the encoding UTF-8.") from error
    try:
        return tomllib.loads(source), _Place(file, source)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(_syntax_error(source, file, str(error))) from error
    except RecursionError as error:
        raise CatalogueError(
            f"{file}: its brackets stand in each other too deeply. No key takes such a value."
        ) from error


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    source: str

    def error(self, table: str, key: str | None, message: str) -> CatalogueError:
        where = f"[{table}]" if key is None else f"[{table}] {key}"
        return CatalogueError(f"{self.file}, line {line_of(self.source, table, key)}: {where}: {message}")


def _spec(name: str, table: object, place: _Place) -> SeriesSpec:
    if not isinstance(table, dict):
        raise place.error(name, None, f"stands above every [entry]. Put it below the [entry] of its series{_of(name)}.")
    if not is_name(name):
        raise place.error(name, None, "is no name for a series. Use letters, digits, - and _, and not `series` itself.")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            meant = get_close_matches(key, KEYS, n=1)
            advice = f"did you mean {meant[0]!r}?" if meant else f"known are: {', '.join(KEYS)}."
            raise place.error(name, key, f"no such key; {advice}")
        try:
            values[key] = KEYS[key](value)
        except ValueError as error:
            raise place.error(name, key, str(error)) from error
    if "start" not in values:
        raise place.error(name, None, 'has no start. Name one story of the series: start = "https://…"')
    if "schedule" in values and "every" in values:
        raise place.error(name, "every", "stands beside a schedule. Keep one of the two.")
    if "digest" in values and "notify" not in values:
        raise place.error(name, "digest", "nobody would have it. Add notify to the entry, or put it above all entries.")
    return SeriesSpec(name=name, **values)


def _of(key: str) -> str:
    return "" if key in KEYS else " (and no key of this name is known)"


def _syntax_error(source: str, file: str, message: str) -> str:
    """TOML's own message with the line first, and with what the line most likely needs."""
    at = re.search(r"\(at line (\d+), column \d+\)", message)
    number = int(at[1]) if at else source.count("\n") + 1
    above = source.split("\n")[:number]
    # What is behind `notify`, also on the lines of its list, may be a secret.
    keys = [key[1] for key in map(_KEY.match, above) if key]
    line = "notify = …" if keys[-1:] == ["notify"] else above[-1]
    wide = next((sign for sign in line.partition("#")[0] if sign in _LOOKALIKES), None)
    if _LIKE_A_DAY.search(line):
        return f"{file}, line {number}: {line.strip()!r} names no day of the calendar. Write one as 2024-01-31."
    remedy = f" Write {_LOOKALIKES[wide]} in the place of {wide}." if wide else ' A line reads: key = "value".'
    return f"{file}, line {number}: {message.partition(' (at ')[0]}, in {line.strip()!r}.{remedy}"
