"""What a copy costs, and whether it costs more in a large archive: `python -m benchmarks.growth [--stories N]`.

Fills an archive with generated stories (`benchmarks/stories.py`) and measures the same mix of 500 arrivals when it
holds 1,000 and when it holds N: CPU of fingerprint, look-up, comparison and index rows, through the function that the
archive places a story with, commits included. Between the two points each text is fingerprinted, looked up and inserted
as always, but not judged: the generator knows what it is a copy of, and the rows of its page, story and revision go in
by the thousand. What it means: docs/copies.md.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from typing import Final

from sqlalchemy import Connection, Engine, text

from benchmarks.filling import Arrival, Filling
from benchmarks.stories import Newsroom
from storage import Archive
from storage.engine import archive_engine

FIRST: Final = 1_000
ARRIVALS: Final = 500
_WARMING: Final = 60
_INDEX: Final = ("sketch", "lsh_band", "sentence")
_JOINING: Final = frozenset({"mirror", "furnished", "spun"})


def row(name: str, figure: str, asked: str = "") -> None:
    print(f"{name:46} {figure:50} {asked}", flush=True)


def measured(filling: Filling, first: int, count: int) -> list[Arrival]:
    """The arrivals after `first` stories, and before them some that warm the caches up."""
    filling.arrive(first, first + _WARMING)
    return filling.arrive(first + _WARMING, first + _WARMING + count)


def costs(name: str, arrivals: Sequence[Arrival]) -> None:
    every = [one.cost for one in arrivals]
    stages = ", ".join(
        f"{stage} {mean(getattr(one, stage) for one in arrivals):.2f}" for stage in ("fingerprint", "database", "judge")
    )
    row(name, f"{mean(every):.2f} ms CPU, median {median(every):.2f}", "<= 5 ms")
    row("  of these", f"{stages}, {mean(one.candidates for one in arrivals):.1f} candidates")
    kinds: defaultdict[str, list[float]] = defaultdict(list)
    for one in arrivals:
        kinds[one.written.kind].append(one.cost)
    row("  by kind", ", ".join(f"{kind} {mean(kinds[kind]):.1f}" for kind in sorted(kinds)))


def answers(name: str, room: Newsroom, arrivals: Sequence[Arrival]) -> None:
    """Whether copies went to their story, and nothing to another one; two halves of one story may meet."""
    total, right, wrong = Counter(), Counter(), 0  # type: Counter[str], Counter[str], int
    for one in arrivals:
        written, home = one.written, one.placed.story_id
        total[written.kind] += 1
        right[written.kind] += home == written.home + 1
        if home is not None:
            other = room.story(home - 1)
            wrong += (other.original, other.kind == "half") != (written.original, written.kind == "half")
    figure = ", ".join(f"{kind} {right[kind]}/{total[kind]}" for kind in sorted(_JOINING))
    row(name, f"{figure}; wrongly {wrong}", "0 wrongly")


def index_bytes(connection: Connection) -> dict[str, int]:
    """Bytes of each table of the index, keys included."""
    if connection.dialect.name == "sqlite":
        pages = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name = :table"
    else:
        pages = "SELECT pg_total_relation_size(CAST(:table AS regclass))"
    return {table: int(connection.scalar(text(pages), {"table": table}) or 0) for table in _INDEX}


def run(address: str, stories: int, *, first: int = FIRST, arrivals: int = ARRIVALS) -> None:
    """Fill the archive at an address, which must be new, and print the rows."""
    with Archive(address) as archive:
        series_id = archive.series_named("growth")
    with _engine(address) as engine:
        filling = Filling(engine, series_id)
        filling.fill(0, first)
        small = measured(filling, first, arrivals)
        costs(f"cost per copy among {first:,} stories", small)
        filling.fill(first + _WARMING + arrivals, stories)
        large = measured(filling, stories, arrivals)
        costs(f"cost per copy among {stories:,} stories", large)
        growth = mean(one.cost for one in large) / mean(one.cost for one in small)
        medians = median(one.cost for one in large) / median(one.cost for one in small)
        row("growth", f"{growth:.2f} times, by medians {medians:.2f}", "<= 1.6")
        with engine.connect() as connection:
            sizes = index_bytes(connection)
        parts = ", ".join(f"{table} {size / stories:.0f}" for table, size in sizes.items())
        row("index per story", f"{sum(sizes.values()) / stories:.0f} bytes ({parts})", "<= 2,000")
        answers("whole copies joined, small archive", filling.room, small)
        answers("whole copies joined, large archive", filling.room, large)


@contextmanager
def _engine(address: str) -> Iterator[Engine]:
    engine = archive_engine(address)
    try:
        yield engine
    finally:
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=300_000, help="how large the archive grows")
    parser.add_argument("--archive", help="address of a new database (default: an SQLite file that is removed again)")
    options = parser.parse_args()
    row("measure", "figure", "asked")
    if options.archive:
        run(options.archive, options.stories)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{Path(folder) / 'archive.db'}", options.stories)


if __name__ == "__main__":
    main()
