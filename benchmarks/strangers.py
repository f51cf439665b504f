"""One table of what is measured on pages that the project has not written.

`python -m benchmarks.strangers` measures all of it, `python -m benchmarks.strangers nav2 series2` the parts named:

- `nav`, `nav2`: labelled pages; which links the finder names. `found` counts pages that have such a link, `ok` also
  those that have none and for which none was named. `nav` holds pages that the finder was built with, `nav2` others.
- `series2`: whole real series out of WARCs, each from one story.
- `cases`: pages after other people's public trouble, each a crawl.
- `generated`: the library of `benchmarks.series`, small.
- `single`: an article that is in no series.
- `again`: a series of 1,000 stories, crawled, and crawled again unchanged.

The first four need `../shared` beside the checkout, and are skipped without it. `--sites DIR` adds a folder of
WARCs with manifests, such as sites that nobody who wrote a rule has seen (the format: `benchmarks.whole_series`);
`--only NAME` takes some of the series, cases or sites. `--json` prints the figures for programs, `--verbose` what went
wrong, too.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import lone_article, series, stranger_pages, whole_series
from benchmarks.figures import Figure, Progress, end_telling, rows, tell
from benchmarks.navigation import SHARED, links
from benchmarks.recrawl import comeback
from benchmarks.scrapy_runs import ROOT

GENERATED = (12, 15, 7)  # series, stories of each, seed
LONG = (1000, 0.1, 7)  # stories, seconds between two requests, seed


class Absent(Exception):  # noqa: N818 - no error: there is nothing to measure
    """What a part measures is not on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for on the command line."""

    only: tuple[str, ...] = ()
    port: int = 8123
    progress: Progress = tell


@dataclass(slots=True, kw_only=True)
class Measured:
    """The figures of one part, and lines about what went wrong; or why it was skipped."""

    part: str
    figures: list[Figure]
    lines: list[str]
    skipped: str = ""


Measure = Callable[[Choice], tuple[list[Figure], list[str]]]


def _shared(*path: str) -> Path:
    folder = SHARED.joinpath(*path)
    if not folder.exists():
        raise Absent(f"{folder} is not there")
    return folder


def _pages(name: str) -> Measure:
    def measure(choice: Choice) -> tuple[list[Figure], list[str]]:
        pages = stranger_pages.read(_shared("data", name), links, choice.progress)
        return stranger_pages.figures(pages), []

    return measure


def _series(folder: Path, choice: Choice, asked: str) -> tuple[list[Figure], list[str]]:
    verdicts = whole_series.run_all(whole_series.manifests(folder, choice.only), choice.progress)
    return whole_series.figures(verdicts, asked), [line for each in verdicts for line in each.lines]


def _series2(choice: Choice) -> tuple[list[Figure], list[str]]:
    return _series(_shared("data", "series2"), choice, ">= .95")


def _sites(folder: Path) -> Measure:
    def measure(choice: Choice) -> tuple[list[Figure], list[str]]:
        if not folder.is_dir():
            raise Absent(f"{folder} is no folder")
        return _series(folder, choice, ">= .97")

    return measure


def _cases(choice: Choice) -> tuple[list[Figure], list[str]]:
    folder = _shared("cases")
    names = sorted(each.parent.name for each in folder.glob("*/expect.json"))
    chosen = [name for name in names if not choice.only or name in choice.only]
    failed = []
    for number, name in enumerate(chosen, 1):
        choice.progress(f"case {number} of {len(chosen)}: {name}")
        case = [sys.executable, str(folder / "run_case.py"), name, "--project", str(ROOT), "--port", str(choice.port)]
        if subprocess.run([*case, "--quiet"], capture_output=True, check=False).returncode:
            failed.append(f"fails: {name}")
    return [Figure("cases passed", len(chosen) - len(failed), len(chosen), asked="all")], failed


def _generated(choice: Choice) -> tuple[list[Figure], list[str]]:
    choice.progress(f"{GENERATED[0]} generated series")
    with tempfile.TemporaryDirectory(prefix="strangers-") as folder:
        found = series.library(*GENERATED, Path(folder))
    return [
        Figure("reachable stories archived", found.archived, found.reachable, asked=">= .98"),
        Figure("stories of others taken in", found.foreign, asked="0"),
        Figure("named, not held, not listed", found.silent, asked="0"),
    ], found.lines


def _single(choice: Choice) -> tuple[list[Figure], list[str]]:
    choice.progress("an article in no series")
    alone = lone_article.run()
    return [
        Figure("stories kept", alone.stories, asked="1"),
        Figure("requests", alone.requests, asked="<= 30"),
        Figure("exit code", alone.exit_code, asked="20"),
    ], alone.said.splitlines()


def _again(choice: Choice) -> tuple[list[Figure], list[str]]:
    choice.progress(f"{LONG[0]} stories, three crawls")
    with tempfile.TemporaryDirectory(prefix="strangers-") as folder:
        back = comeback(*LONG, Path(folder))
    return [
        Figure("requests of the first crawl", back.first.requests),
        Figure("requests of the second, unchanged", back.unchanged.requests),
        Figure("its time, of the first one's", back.unchanged.seconds / back.first.seconds, asked="<= 0.03"),
        Figure("a new story on the column was archived", int(back.has_new), asked="1"),
    ], []


PARTS: dict[str, Measure] = {
    "nav": _pages("nav"),
    "nav2": _pages("nav2"),
    "series2": _series2,
    "cases": _cases,
    "generated": _generated,
    "single": _single,
    "again": _again,
}


def measure(part: str, how: Measure, choice: Choice) -> Measured:
    """One part; where its pages are absent, the reason."""
    try:
        figures, lines = how(choice)
    except Absent as absent:
        return Measured(part=part, figures=[], lines=[], skipped=str(absent))
    return Measured(part=part, figures=figures, lines=lines)


def show(measured: Measured, *, verbose: bool) -> None:
    if measured.skipped:
        print(f"{measured.part:<12} skipped: {measured.skipped}")
    for row in rows(measured.part, measured.figures):
        print(row)
    for line in measured.lines if verbose else ():
        print(f"    {line}")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without one")
    options.add_argument("--sites", type=Path, action="append", default=[], metavar="DIR", help="more whole series")
    options.add_argument("--only", action="append", default=[], metavar="NAME", help="of the series, cases, sites")
    options.add_argument("--port", type=int, default=8123, help="where the cases are served")
    options.add_argument("--json", action="store_true")
    options.add_argument("--verbose", action="store_true")
    chosen = options.parse_args(arguments)
    if unknown := set(chosen.parts) - set(PARTS):
        options.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    names = chosen.parts or ([] if chosen.sites else list(PARTS))
    todo = {name: PARTS[name] for name in names} | {folder.name: _sites(folder) for folder in chosen.sites}
    choice = Choice(only=tuple(chosen.only), port=chosen.port)
    done = []
    for part, how in todo.items():
        done.append(measure(part, how, choice))
        end_telling()
        if not chosen.json:
            show(done[-1], verbose=chosen.verbose)
    if chosen.json:
        print(json.dumps({each.part: asdict(each) for each in done}, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
