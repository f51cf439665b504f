"""The verdict on two texts."""

from collections.abc import Sequence
from datetime import datetime

from pipelines.copies.model import Comparison


def compare(
    text_a: str,
    text_b: str,
    *,
    published_a: datetime | None = None,
    published_b: datetime | None = None,
    hosts_a: Sequence[str] = (),
    hosts_b: Sequence[str] = (),
) -> Comparison:
    """Say what the second text is to the first: a copy, a changed copy, a part, a whole, a sibling or a stranger."""
    raise NotImplementedError
