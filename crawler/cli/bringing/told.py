"""What an import has done, counted, and what of it could not be read."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Told:
    """Counts by word, and the problems in the order of the file, each a sentence without its end."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        told = ", ".join(f"{count} {word}" for word, count in self.counts.items()) or "nothing"
        return f"{told}; {len(self.problems)} could not be taken" if self.problems else told
