"""The program `wangqi`: the commands of `scrapy`, with our settings, in any folder."""

import os
import platform
import sqlite3
import sys
from difflib import get_close_matches
from importlib.metadata import version
from typing import Final

from crawler import commands as ours
from crawler.asked import asked, command_names
from crawler.cli.telling.language import speak_as_wished
from crawler.cli.terminal import print_error, print_text, print_told
from crawler.needed import require
from wangqi.exit_codes import USAGE
from wangqi.program import call_it

_USAGE: Final = """\
Wangqi {version}: archives article series by following their 往期 (previous issues) links.

  wangqi crawl series -a url=URL   archive the series of one story
  wangqi demo                      archive an example series from this machine
  wangqi COMMAND -h                what a command does, and its options
  wangqi --version                 the versions that a report of a fault should name

Commands: {commands}
"""


def main() -> None:
    """Runs the command of `sys.argv`, and ends the process with its exit code."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    os.environ["PYTHONSAFEPATH"] = "1"  # the processes that a command starts shall import ours, not the folder's
    speak_as_wished()
    name = asked(sys.argv)
    if sys.argv[1:2] == ["--version"]:
        print_text(versions())
        return
    require(load_all=name == "doctor")
    call_it("wangqi")
    known = commands()
    if name is None:
        print_told(_USAGE.format(version=version("wangqi"), commands=", ".join(known)).rstrip())
    elif name not in known:
        print_error(_unknown(name, known))
        sys.exit(USAGE)
    else:
        from scrapy.cmdline import execute  # noqa: PLC0415 - half a second that the rest can do without
        from scrapy.utils.project import get_project_settings  # noqa: PLC0415 - it loads Scrapy, which `--version` does without

        execute(settings=get_project_settings())


def commands() -> list[str]:
    """The names of Scrapy's commands and ours."""
    from scrapy import commands as scrapys  # noqa: PLC0415 - half a second that `--version` can do without

    return sorted((command_names(scrapys) | command_names(ours)) - _NOT_OURS)


def versions() -> str:
    named = {"wangqi": version("wangqi"), "Python": platform.python_version(), "Scrapy": version("scrapy")}
    return "\n".join(f"{name} {number}" for name, number in {**named, "SQLite": sqlite3.sqlite_version}.items())


# They make and edit projects of spiders, which a catalogue needs none of.
_NOT_OURS: Final = frozenset({"edit", "genspider", "startproject"})


def _unknown(name: str, known: list[str]) -> str:
    meant = get_close_matches(name, known, n=1)
    advice = f"Did you mean {meant[0]!r}?" if meant else f"There are: {', '.join(known)}."
    return f"There is no command {name!r}. {advice}"


if __name__ == "__main__":
    main()
