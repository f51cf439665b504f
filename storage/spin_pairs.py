"""Words that spinners put in the place of others, learnt where an altered copy was read beside another one."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Insert, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.errors import UndecidableError
from storage.frontier import insert_for
from storage.rows import SpinPairRow
from storage.sanitise import storable_key
from storage.schema import spin_pair, spin_sighting

# One copy may be the work of one careless hand; two are a vocabulary.
ENOUGH_COPIES = 2

_sight: dict[str, Insert] = {
    "sqlite": sqlite.insert(spin_sighting).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(spin_sighting).on_conflict_do_nothing(),
}
_propose: dict[str, Insert] = {
    "sqlite": sqlite.insert(spin_pair).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(spin_pair).on_conflict_do_nothing(),
}
_here = (spin_sighting.c.spun == bindparam("key_spun")) & (spin_sighting.c.original == bindparam("key_original"))
_pair = (spin_pair.c.spun == bindparam("key_spun")) & (spin_pair.c.original == bindparam("key_original"))
_count = (
    update(spin_pair)
    .where(_pair)
    .values(
        seen=select(func.sum(spin_sighting.c.seen)).where(_here).scalar_subquery(),
        copies=select(func.count()).select_from(spin_sighting).where(_here).scalar_subquery(),
    )
)
_promote = (
    update(spin_pair)
    .where(_pair, spin_pair.c.status == "proposed", spin_pair.c.copies >= ENOUGH_COPIES)
    .values(status="counts")
)
_judge = update(spin_pair).where(_pair).values(status=bindparam("word"), decided_by=bindparam("person"))


def learn(
    connection: Connection, swaps: Sequence[tuple[str, str, int]], *, spun_text: int, other_text: int, place: str
) -> None:
    """Keeps pairs (spun, original, how often) as seen in one text; the same text again teaches nothing."""
    if not swaps:
        return
    seen: dict[tuple[str, str], int] = {}
    for spun, original, times in swaps:
        key = (storable_key(spun), storable_key(original))
        seen[key] = seen.get(key, 0) + times
    pairs: list[dict[str, Any]] = [{"spun": spun, "original": original} for spun, original in seen]
    source = {"source": place, "status": "proposed", "seen": 0, "copies": 0, "decided_by": "auto"}
    connection.execute(insert_for(connection, _propose), [pair | source for pair in pairs])
    sightings = [
        pair | {"text_id": spun_text, "other_text_id": other_text, "seen": times}
        for pair, times in zip(pairs, seen.values(), strict=True)
    ]
    connection.execute(insert_for(connection, _sight), sightings)
    keys = [{"key_spun": pair["spun"], "key_original": pair["original"]} for pair in pairs]
    connection.execute(_count, keys)
    connection.execute(_promote, keys)


def rows(connection: Connection, status: str | None, limit: int | None = None) -> list[SpinPairRow]:
    """Those of a status or all of them, the most frequent first."""
    query = select(spin_pair).order_by(spin_pair.c.copies.desc(), spin_pair.c.seen.desc(), spin_pair.c.spun)
    if status is not None:
        query = query.where(spin_pair.c.status == status)
    return [SpinPairRow(**row._asdict()) for row in connection.execute(query.limit(limit))]


def review(
    connection: Connection, spun: str, original: str, word: Literal["counts", "rejected"], by: str
) -> SpinPairRow:
    """Keeps a person's word on a pair.

    Raises:
        UndecidableError: when no copy has taught it.
    """
    keys = {"key_spun": storable_key(spun), "key_original": storable_key(original)}
    if not connection.execute(_judge, keys | {"word": word, "person": by}).rowcount:
        raise UndecidableError(f"No copy has {spun} for {original}; `scrapy review words` lists the pairs.")
    return SpinPairRow(**connection.execute(select(spin_pair).where(_pair), keys).one()._asdict())
