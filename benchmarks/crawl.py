"""Ours beside the naive Scrapy project, alternated, on a loopback site of real weight.

`python -m benchmarks.crawl --pages 2000 --rounds 1 [--only naive] [--json FILE]`
"""

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks.runs import Run, Side, Site, run
from benchmarks.site import SMALLEST

HERE = Path(__file__).parent
SCRAPY = (sys.executable, "-m", "scrapy")
# Both sides alike: nothing may wait for politeness on a site that is ours.
UNHURRIED = (
    "-s", "CONCURRENT_REQUESTS=16", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "DOWNLOAD_DELAY=0",
    "-s", "RANDOMIZE_DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "TELNETCONSOLE_ENABLED=0",
    "-s", "LOG_LEVEL=ERROR",
)  # fmt: skip
# Our downloader refuses loopback and odd ports unless it is told otherwise.
LOOPBACK = ("-s", "ALLOWED_ADDRESSES=127.0.0.0/8", "-s", "ALLOWED_PORTS=any")

NAIVE = Side(
    name="naive",
    command=(*SCRAPY, "crawl", "articles", "-a", "url={url}", *UNHURRIED),
    project=HERE / "naive",
    database="DATABASE_URL",
    count="SELECT count(*) FROM article",
)
OURS = Side(
    name="ours",
    command=(*SCRAPY, "crawl", "series", "-a", "url={url}", *UNHURRIED, *LOOPBACK),
    project=HERE.parent,
    database="ARCHIVE_URL",
    count="SELECT count(*) FROM story",
)
SIDES = {side.name: side for side in (NAIVE, OURS)}


def main() -> int:
    options = argparse.ArgumentParser(description="Measure a whole crawl, ours beside the naive Scrapy project.")
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--only", choices=SIDES, help="run one side alone")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    chosen = options.parse_args()
    if chosen.pages < SMALLEST:
        options.error(f"--pages is {chosen.pages}; the shape of the site needs {SMALLEST} or more")
    sides = [SIDES[chosen.only]] if chosen.only else list(SIDES.values())
    console = Console(width=None if sys.stdout.isatty() else 110)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    runs: list[Run] = []
    with progress, TemporaryDirectory(prefix="benchmark ") as scratch, Site(chosen.pages, chosen.seed) as site:
        for number in range(chosen.rounds):
            for side in sides:
                task = progress.add_task(f"{side.name}, round {number + 1}", total=chosen.pages)
                folder = Path(scratch) / f"{number} {side.name}"
                runs.append(run(side, site, folder, partial(_advance, progress, task)))
    facts = site.about
    console.print(
        f"{chosen.pages} pages: median {facts['median_kb']:.0f} KB, mean {facts['mean_kb']:.0f} KB, "
        f"largest {facts['largest_kb']:.0f} KB, {facts['total_mb']:.0f} MB in all; "
        f"the server used {site.cpu_ms_a_page:.3f} ms CPU a page"
    )
    console.print(table(runs))
    if chosen.json:
        figures = {
            "site": facts,
            "runs": [asdict(one) | {"pages_a_second": one.pages_a_second} for one in runs],
            "ratios": ratios(runs),
        }
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    for one in runs:
        if not one.sound:
            console.print(
                f"{one.side}: exit {one.exit_code}, {one.rows} rows of {one.pages} pages\n{one.errors}", markup=False
            )
    return 0 if all(one.sound for one in runs) else 1


def _advance(progress: Progress, task: TaskID, pages: int) -> None:
    progress.update(task, completed=pages)


def ratios(runs: list[Run]) -> dict[str, float]:
    """Ours against naive, by the medians of the rounds; empty when a side is missing or has no pages."""
    sides = {name: [one for one in runs if one.side == name and one.pages] for name in SIDES}
    if not all(sides.values()):
        return {}

    def times(figure: str, above: str, below: str) -> float:
        over, under = (median(getattr(one, figure) for one in sides[name]) for name in (above, below))
        return float(over / under)

    return {
        "pages a second, ours / naive": times("pages_a_second", "ours", "naive"),
        "CPU a page, naive / ours": times("cpu_ms_a_page", "naive", "ours"),
        "peak memory, ours / naive": times("peak_mb", "ours", "naive"),
        **({"memory at the end / at 500 pages, ours": growth} if (growth := _growth(sides["ours"])) else {}),
    }


def _growth(runs: list[Run]) -> float | None:
    grown = [one.rss_mb_at_end / one.rss_mb_at_500 for one in runs if one.rss_mb_at_500 and one.rss_mb_at_end]
    return median(grown) if grown else None


def table(runs: list[Run]) -> Table:
    shown = Table(
        caption="\n".join(f"{name}: {ratio:.2f}" for name, ratio in ratios(runs).items()), caption_justify="left"
    )
    for heading in (
        "side",
        "pages",
        "rows",
        "exit",
        "s",
        "pages/s",
        "CPU ms/page",
        "peak MB",
        "at 500",
        "at end",
        "others",
    ):
        shown.add_column(heading, justify="right")
    for one in runs:
        counts = (str(one.pages), str(one.rows), str(one.exit_code))
        speed = (f"{one.seconds:.1f}", f"{one.pages_a_second:.1f}", f"{one.cpu_ms_a_page:.1f}")
        memory = (f"{one.peak_mb:.0f}", _or_dash(one.rss_mb_at_500), _or_dash(one.rss_mb_at_end))
        shown.add_row(one.side, *counts, *speed, *memory, f"{one.foreign_share:.0%}")
    return shown


def _or_dash(value: float | None) -> str:
    return f"{value:.0f}" if value else "-"


if __name__ == "__main__":
    sys.exit(main())
