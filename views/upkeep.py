"""What a person reads of the state of an archive."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Protocol

from views.cells import json_line
from wangqi.program import program


class Hurt(Protocol):
    """A story that a damage is about."""

    @property
    def story_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


class Damage(Protocol):
    """As `storage.upkeep.damage.Damage`."""

    @property
    def check(self) -> str: ...
    @property
    def thing(self) -> str: ...
    @property
    def fact(self) -> str: ...
    @property
    def advice(self) -> str: ...
    @property
    def stories(self) -> Sequence[Hurt]: ...


class Proof(Protocol):
    """As `storage.upkeep.manifests.Proof`."""

    @property
    def story_id(self) -> int: ...
    @property
    def run_id(self) -> int: ...
    @property
    def record(self) -> str: ...
    @property
    def leaf(self) -> bytes: ...
    @property
    def path(self) -> Sequence[tuple[str, bytes]]: ...
    @property
    def root(self) -> bytes: ...
    @property
    def time_stamp(self) -> bytes | None: ...


def damage_line(damage: Damage) -> str:
    """What is damaged, what it is of, and what to do; one line."""
    of = "; ".join(f"story {one.story_id} 《{one.title}》 {one.url}".rstrip() for one in damage.stories)
    return f"{damage.thing}: {damage.fact}. {f'It is of {of}. ' if of else ''}To do: {advice(damage)}."


def advice(damage: Damage) -> str:
    """What to do, with the commands as they are written here."""
    return damage.advice.format(program=program())


def damage_json(damage: Damage) -> str:
    """The same for a program."""
    stories = [{"id": one.story_id, "title": one.title, "url": one.url} for one in damage.stories]
    row = {"check": damage.check, "thing": damage.thing, "fact": damage.fact, "advice": advice(damage)}
    return json_line({**row, "stories": stories})


def end_line(counts: Mapping[str, int], damages: int, part: str) -> str:
    """What was looked at, and how it was found.

    >>> end_line({"payloads": 2, "texts": 0}, 0, "part 3 of 30")
    'Part 3 of 30 was verified (2 payloads): all is sound.'
    """
    counted = ", ".join(f"{count} {name}" for name, count in counts.items() if count and name not in _UNCOUNTED)
    found = f"{damages} damaged" if damages else "all is sound"
    whole = part[:1].upper() + part[1:]
    return f"{whole} was verified ({counted or 'nothing is kept in it'}): {found}."


def proof_file(proof: Proof) -> str:
    """JSON that says what was stored and how it leads to the root; docs/upkeep.md shows how it is checked."""
    whole = {
        "form": FORM,
        "story": proof.story_id,
        "run": proof.run_id,
        "record": proof.record,
        "leaf": proof.leaf.hex(),
        "path": [{"side": side, "digest": digest.hex()} for side, digest in proof.path],
        "root": proof.root.hex(),
        "time_stamp": proof.time_stamp and b64encode(proof.time_stamp).decode(),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def proof_line(proof: Proof, file: str) -> str:
    """That it was written, and whether its time is signed by somebody else."""
    signed = "with its time stamp" if proof.time_stamp else "without a time stamp: nobody else says when"
    return f"{file} proves what run {proof.run_id} has stored of story {proof.story_id}, {signed}."


FORM = "wangqi-proof-1"
_UNCOUNTED = frozenset({"database", "references", "search"})  # whose units are tables, or stories once more
