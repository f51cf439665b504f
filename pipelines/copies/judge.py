"""The verdicts on one new text and the stored texts that may be its copies."""

from collections.abc import Sequence

from pipelines.copies.model import NewText
from storage.records import Candidate, Verdict


def judge(new: NewText, candidates: Sequence[Candidate]) -> list[Verdict]:
    """At most one verdict a candidate, best first; only `same` and `altered` join a story.

    `functools.partial(judge, new)` is a `storage.records.Judge`.
    """
    raise NotImplementedError
