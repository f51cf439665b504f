"""The manifest of a run: one digest over all that it has stored, which proves what the archive held, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, bindparam, func, insert, not_, or_, select, update

from storage.db.errors import DamagedError, UnknownTextError
from storage.recording import seals
from storage.schema import capture, manifest, revision, run, story
from storage.upkeep.damage import LOST, Damage, Looking
from wangqi import merkle
from wangqi.seals import seal_of

_earlier = revision.alias("earlier")
# Read anew from bytes that a run had brought and read before.
_is_read_anew = _earlier.c.capture_id == revision.c.capture_id
_seals = (
    select(revision.c.id, revision.c.sha256)
    .join(capture, (capture.c.page_id == revision.c.page_id) & (capture.c.id == revision.c.capture_id))
    .outerjoin(_earlier, _earlier.c.id == revision.c.parent_id)
    .where(capture.c.run_id == bindparam("run"), revision.c.sha256.is_not(None))
    .where(or_(_earlier.c.capture_id.is_(None), not_(_is_read_anew)))
    .order_by(revision.c.id)
)
_has_one = select(manifest.c.run_id).where(manifest.c.run_id == run.c.id).exists()
_wanting = select(run.c.id).where(run.c.ended_at.is_not(None), not_(_has_one)).order_by(run.c.id)
_unstamped = (
    select(manifest.c.run_id, manifest.c.root)
    .where(manifest.c.time_stamp.is_(None), manifest.c.leaves > 0)
    .order_by(manifest.c.run_id)
)
_of_story = (
    select(revision.c.id, capture.c.run_id, manifest.c.root, manifest.c.leaves, manifest.c.time_stamp)
    .select_from(story)
    .join(revision, revision.c.id == story.c.canonical_revision_id)
    .outerjoin(capture, capture.c.id == revision.c.capture_id)
    .outerjoin(manifest, manifest.c.run_id == capture.c.run_id)
    .where(
        story.c.id
        == func.coalesce(
            select(story.c.merged_into).where(story.c.id == bindparam("story")).scalar_subquery(), bindparam("story")
        )
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That a run has stored a revision.

    Attributes:
        record: What was stored, in the spelling whose SHA-256 is the leaf.
        time_stamp: The answer of a time stamping authority to the root, DER; None without one.
    """

    story_id: int
    run_id: int
    record: str
    leaf: bytes
    path: list[merkle.Step]
    root: bytes
    time_stamp: bytes | None


def make(connection: Connection, now: datetime) -> None:
    """A manifest for each run that has ended without one; those that were killed are closed by the next run."""
    for run_id in connection.scalars(_wanting).all():
        leaves = _leaves(connection, run_id)
        values = {"run_id": run_id, "leaves": len(leaves), "root": merkle.root([*leaves.values()]), "made_at": now}
        connection.execute(insert(manifest), values)


def unstamped(connection: Connection, most: int) -> list[tuple[int, bytes]]:
    """The oldest runs that have stored something and bear no time stamp, each with its root."""
    return [(row.run_id, row.root) for row in connection.execute(_unstamped.limit(most))]


def keep_time_stamp(connection: Connection, run_id: int, time_stamp: bytes, now: datetime) -> None:
    """Keeps the answer of an authority."""
    values = {"time_stamp": time_stamp, "stamped_at": now}
    connection.execute(update(manifest).where(manifest.c.run_id == run_id).values(values))


def proof(connection: Connection, story_id: int) -> Proof:
    """For the revision that stands for a story; of one that was read anew later, for what its run had read.

    Raises:
        UnknownTextError: There is no such story, or no run that has ended has stored it.
        DamagedError: What is stored is not what its run has sealed: there is nothing to prove.
    """
    row = connection.execute(_of_story, {"story": story_id}).first()
    if row is None:
        raise UnknownTextError(f"The archive holds no story {story_id}.")
    if row.root is None:
        raise UnknownTextError(
            f"No run that has ended has stored story {story_id} as it stands: there is a proof when its run has ended."
        )
    leaves = _leaves(connection, row.run_id)
    stored = _as_stored(connection, row.id)
    sealed = connection.execute(seals.sealed().where(revision.c.id == stored)).one()
    record = seals.record(sealed)
    if merkle.root([*leaves.values()]) != row.root or leaves.get(stored) != seal_of(record):
        raise DamagedError(
            f"What the archive holds of story {story_id} is not what run {row.run_id} has sealed. `verify` names what"
            " is damaged; restore a backup."
        )
    place = [*leaves].index(stored)
    return Proof(
        story_id=story_id,
        run_id=row.run_id,
        record=record,
        leaf=leaves[stored],
        path=merkle.path([*leaves.values()], place),
        root=row.root,
        time_stamp=row.time_stamp,
    )


def _as_stored(connection: Connection, revision_id: int) -> int:
    """The revision that the run which brought the bytes has read of them."""
    query = select(_earlier.c.id).join(revision, (revision.c.parent_id == _earlier.c.id) & _is_read_anew)
    earlier = connection.scalar(query.where(revision.c.id == revision_id))
    return revision_id if earlier is None else _as_stored(connection, earlier)


def check_manifests(looking: Looking) -> Iterator[Damage]:
    """What the rows of each run yield beside the root that was taken when it ended."""
    keys = looking.keys(manifest.c.run_id, looking.part.among(manifest.c.run_id))
    for key, row in looking.rows(select(manifest.c.root, manifest.c.leaves), manifest.c.run_id, keys):
        leaves = looking.attempt(partial(_leaves, looking.connection, key))
        if isinstance(leaves, str) or row is None or isinstance(row, str):
            fact = f"it cannot be read: {leaves if isinstance(leaves, str) else row}"
        elif merkle.root([*leaves.values()]) == row.root and len(leaves) == row.leaves:
            continue
        else:
            fact = (
                f"the run has stored {row.leaves} revisions by its manifest, and those that are kept of it are others"
            )
        yield Damage(check="manifests", thing=f"manifest of run {key}", key=key, fact=fact, advice=LOST)


def _leaves(connection: Connection, run_id: int) -> dict[int, bytes]:
    """The seals of all that a run has stored, in their order."""
    return {row.id: row.sha256 for row in connection.execute(_seals, {"run": run_id})}
