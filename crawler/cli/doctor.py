"""Whether everything that a crawl needs is there: one check a function, each answered in words."""

import importlib
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapy.settings import BaseSettings

from crawler.catalogue.file import CatalogueError, read_catalogue, read_rules
from crawler.downloader.rendering.browser import BrowserMissing, check_browser
from crawler.needed import NEEDED
from crawler.settings_check import check_settings
from storage import Archive
from storage.db.errors import ArchiveError, CannotOpenError
from storage.locks import sqlite_file

_ROOM: Final = 2**30  # bytes that a crawl of some thousand pages may need


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one check.

    Attributes:
        state: `missing` is what an optional part may be.
        detail: What was found; of what is not well, what to do.
    """

    check: str
    state: Literal["ok", "missing", "bad"]
    detail: str


def check_up(archive_url: str, catalogue: str, browser: str = "", *, sandbox: bool = True) -> Iterator[Finding]:
    """Every check, the most basic first; `browser` is the setting RENDER_BROWSER, `sandbox` RENDER_SANDBOX."""
    yield Finding("python", "ok", f"{platform.python_version()} at {sys.executable}")
    yield _libraries()
    yield _time_zones()
    yield _finding("archive", lambda: _archive(archive_url))
    yield _finding("catalogue", lambda: _catalogue(catalogue))
    yield _disk(archive_url)
    yield _postgresql()
    yield _browser(browser, sandbox=sandbox, is_needed=_draws(catalogue))


def settings_finding(settings: BaseSettings) -> Finding:
    """Whether every setting can be read."""

    def look() -> str:
        check_settings(settings)
        return "all can be read"

    return _finding("settings", look)


def _finding(check: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(check, "ok", look())
    except (ArchiveError, CatalogueError, OSError, ValueError) as error:
        return Finding(check, "bad", str(error))


def _libraries() -> Finding:
    for name in NEEDED:
        try:
            importlib.import_module(name)
        except ImportError as error:
            return Finding("libraries", "bad", f"{name} cannot be imported ({error}). Install the project again.")
    return Finding("libraries", "ok", f"scrapy {version('scrapy')}, SQLite {sqlite3.sqlite_version}")


def _time_zones() -> Finding:
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return Finding("time zones", "bad", "Asia/Shanghai is not known here. Install the package tzdata.")
    return Finding("time zones", "ok", "Asia/Shanghai is known")


def _archive(url: str) -> str:
    file = sqlite_file(url)
    if file is not None and not file.exists():
        if not file.absolute().parent.is_dir():
            raise CannotOpenError(f"There is no folder {str(file.absolute().parent)!r} for the archive.")
        return f"none yet at {str(file)!r}; the first crawl makes it"
    with Archive(url, read_only=True) as archive:
        series = archive.series()
    return f"{len(series)} series, {sum(one.stories for one in series)} stories"


def _catalogue(file: str) -> str:
    rules = len(read_rules(file))
    return f"{len(read_catalogue(file))} series{f', {rules} rules for hosts' if rules else ''} in {file!r}"


def _disk(archive_url: str) -> Finding:
    folder = (sqlite_file(archive_url) or Path()).absolute().parent
    if not folder.is_dir():
        return Finding("disk", "bad", f"There is no folder {str(folder)!r}.")
    if not os.access(folder, os.W_OK):
        return Finding("disk", "bad", f"{str(folder)!r} cannot be written to: a crawl needs it for the archive.")
    free = shutil.disk_usage(folder).free
    words = f"{free / 2**30:.1f} GiB free in {str(folder)!r}"
    return Finding("disk", "ok", words) if free > _ROOM else Finding("disk", "bad", f"only {words}. Make room.")


def _postgresql() -> Finding:
    return _extra("postgresql", "psycopg", "archives in PostgreSQL")


def _browser(named: str, *, sandbox: bool, is_needed: bool) -> Finding:
    try:
        return Finding("js", "ok", check_browser(named, sandbox=sandbox))
    except BrowserMissing as error:
        who = "The catalogue has series with render" if is_needed else "Only series with render need it"
        return Finding("js", "bad" if is_needed else "missing", f"{error}. {who}.")


def _draws(catalogue: str) -> bool:
    try:
        return any(spec.render for spec in read_catalogue(catalogue).values())
    except CatalogueError:
        return False  # which is told where the catalogue is looked at


def _extra(name: str, package: str, purpose: str) -> Finding:
    try:
        return Finding(name, "ok", f"{package} {version(package)}")
    except PackageNotFoundError:
        return Finding(name, "missing", f"the extra [{name}] is not installed; only for {purpose}")
