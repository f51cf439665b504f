"""What an import has done, counted, and what of it could not be read."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime


class LineError(ValueError):
    """Raised when a line is none that can be taken; its message says why."""


@dataclass(slots=True)
class Told:
    """Counts by word, and the problems in the order of the file, each a sentence without its end."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        told = ", ".join(f"{count} {word}" for word, count in self.counts.items()) or "nothing"
        return f"{told}; {len(self.problems)} could not be taken" if self.problems else told


def moment(written: object) -> datetime | None:
    """A time as JSON has it; None of none.

    Raises:
        LineError: It is no time.
    """
    if written is None:
        return None
    try:
        read = datetime.fromisoformat(str(written))
    except ValueError as error:
        raise LineError(f"{written!r:.40} is no time") from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)
