"""Words that spinners put in the place of others, learnt where an altered copy was read beside another one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, select, update

from storage.db.dialects import Inserts, insert_for, left_alone
from storage.db.errors import UndecidableError
from storage.rows import SpinPairRow
from storage.schema import page, revision, spin_pair, spin_sighting, text
from wangqi.copies.corroboration import SpunText, independent, sentences_of
from wangqi.program import program
from wangqi.sites import site_of
from wangqi.text.sanitise import storable_key

# One copy may be the work of one careless hand; two that do not come from each other are a vocabulary.
ENOUGH_COPIES = 2
_MOST_TEXTS = 20  # the newest; a campaign of a thousand mirrors is one all the same

_sight = Inserts(spin_sighting, left_alone)
_propose = Inserts(spin_pair, left_alone)
_here = (spin_sighting.c.spun == bindparam("key_spun")) & (spin_sighting.c.original == bindparam("key_original"))
_pair = (spin_pair.c.spun == bindparam("key_spun")) & (spin_pair.c.original == bindparam("key_original"))
_count = (
    update(spin_pair).where(_pair).values(seen=select(func.sum(spin_sighting.c.seen)).where(_here).scalar_subquery())
)
_open = select(spin_pair.c.spun, spin_pair.c.original).where(
    spin_pair.c.spun.in_(bindparam("words", expanding=True)), spin_pair.c.status == "proposed"
)
_sighted = select(spin_sighting.c.text_id).where(_here).order_by(spin_sighting.c.text_id.desc()).limit(_MOST_TEXTS)
_carriers = (
    select(revision.c.text_id, page.c.host)
    .join(page, page.c.id == revision.c.page_id)
    .where(revision.c.text_id.in_(bindparam("ids", expanding=True)))
    .distinct()
)
_bodies = select(text.c.id, text.c.body).where(text.c.id.in_(bindparam("ids", expanding=True)))
_weigh = update(spin_pair).where(_pair).values(copies=bindparam("independent"))
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
    weighed = _weighed(connection, set(seen))
    if weighed:
        connection.execute(_weigh, weighed)
        connection.execute(_promote, [{name: row[name] for name in ("key_spun", "key_original")} for row in weighed])


def _weighed(connection: Connection, learnt: set[tuple[str, str]]) -> list[dict[str, Any]]:
    """Of each of these pairs that is still proposed, how many independent copies have taught it."""
    words = sorted({spun for spun, _ in learnt})
    proposed = sorted({(row.spun, row.original) for row in connection.execute(_open, {"words": words})} & learnt)
    asked = [{"key_spun": spun, "key_original": original} for spun, original in proposed]
    sighted = [tuple(connection.scalars(_sighted, key)) for key in asked]
    known = _spun_texts(connection, sorted({one for each in sighted for one in each}))
    # Pairs of one text were most often seen in the same places.
    counts = {places: independent([known[one] for one in places]) for places in set(sighted)}
    return [key | {"independent": counts[places]} for key, places in zip(asked, sighted, strict=True)]


def _spun_texts(connection: Connection, ids: Sequence[int]) -> dict[int, SpunText]:
    sites: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(_carriers, {"ids": ids}) if ids else ():
        sites[row.text_id].add(site_of(row.host))
    bodies = connection.execute(_bodies, {"ids": ids}) if ids else ()
    return {row.id: SpunText(sites=frozenset(sites[row.id]), sentences=sentences_of(row.body)) for row in bodies}


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
        raise UndecidableError(f"No copy has {spun} for {original}; `{program()} review words` lists the pairs.")
    return SpinPairRow(**connection.execute(select(spin_pair).where(_pair), keys).one()._asdict())
