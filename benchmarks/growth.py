"""What a copy costs, and whether it costs more in a large archive: `python -m benchmarks.growth [--stories N]`.

Fills an archive with generated stories (`benchmarks/stories.py`). At each size on the way it measures 500 arrivals
there and, in turns with them, as many of the same mix in a new archive of 1,000, so that both meet the same machine:
the CPU of fingerprint, look-up, comparison, index rows and counted paragraphs, through the functions that the archive
places a story with, commits included. What fills the archive in between is fingerprinted and inserted as always but not
judged, for the generator knows what it is a copy of; the rows of its page, story and revision go in by the thousands.
What it means: docs/copies.md.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from typing import Final

from sqlalchemy import Connection, text

from benchmarks.filling import GROUP, Arrival, Filling
from benchmarks.stories import Newsroom
from storage import Archive
from storage.db.engine import archive_engine

SMALL: Final = 1_000
SIZES: Final = (10_000, 30_000, 100_000, 200_000)
ARRIVALS: Final = 500
_WARMING: Final = 60
_INDEX: Final = ("sketch", "lsh_band", "sentence", "paragraph")
_JOINING: Final = frozenset({"mirror", "furnished", "spun"})


def row(name: str, figure: str, asked: str = "") -> None:
    print(f"{name:46} {figure:50} {asked}", flush=True)


def in_turns(one: tuple[Filling, int], other: tuple[Filling, int], count: int) -> tuple[list[Arrival], list[Arrival]]:
    """So many arrivals in two archives after as many stories as each holds; the first ones only warm the caches up."""
    found: tuple[list[Arrival], list[Arrival]] = ([], [])
    for start in range(0, _WARMING + count, GROUP):
        for place, (filling, full) in enumerate((one, other)):
            found[place].extend(filling.arrive(full + start, full + min(start + GROUP, _WARMING + count)))
    return found[0][_WARMING:], found[1][_WARMING:]


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


def run(address: str, sizes: Sequence[int], *, small: int = SMALL, arrivals: int = ARRIVALS) -> None:
    """Fill the archive at an address, which must be new, and print the rows of each size on the way."""
    with _filling(address) as filling:
        full = 0
        for size in sizes:
            filling.fill(full, size)
            full = size + _WARMING + arrivals
            with tempfile.TemporaryDirectory() as folder, _filling(f"sqlite:///{Path(folder) / 'small.db'}") as beside:
                beside.fill(0, small)
                few, many = in_turns((beside, small), (filling, size), arrivals)
            costs(f"cost of a copy among {small:,} stories", few)
            costs(f"cost of a copy among {size:,} stories", many)
            growth = mean(one.cost for one in many) / mean(one.cost for one in few)
            medians = median(one.cost for one in many) / median(one.cost for one in few)
            row("  times that among the few", f"{growth:.2f}, of the medians {medians:.2f}", "<= 1.6")
            answers("  whole copies joined", filling.room, many)
            with filling.engine.connect() as connection:
                tables = index_bytes(connection)
            parts = ", ".join(f"{table} {bytes_ / full:.0f}" for table, bytes_ in tables.items())
            row("  index of a story", f"{sum(tables.values()) / full:.0f} bytes ({parts})", "<= 2,000")


@contextmanager
def _filling(address: str) -> Iterator[Filling]:
    with Archive(address) as archive:
        series_id = archive.series_named("growth")
    engine = archive_engine(address)
    try:
        yield Filling(engine, series_id)
    finally:
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=300_000, help="how large the archive grows")
    parser.add_argument("--archive", help="address of a new database (default: an SQLite file that is removed again)")
    options = parser.parse_args()
    sizes = [*(size for size in SIZES if size < options.stories), options.stories]
    row("measure", "figure", "asked")
    if options.archive:
        run(options.archive, sizes)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{Path(folder) / 'archive.db'}", sizes)


if __name__ == "__main__":
    main()
