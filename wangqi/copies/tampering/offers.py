"""What a page offers its readers to buy that it did not offer before: a price that tempts, and the way to it."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

from wangqi.copies.records import HISTORY, Finding
from wangqi.copies.tampering.page import SHOWN, SIGN, STRONG
from wangqi.text.folding import fold
from wangqi.text.sentences import sentences

_TOGETHER: Final = 2  # sentences that follow one another


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lines: dict[str, list[str]] = {}
    kind = ""
    for line in files(__package__).joinpath("offers.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            lines.setdefault(kind, []).append(line)
    return {kind: re.compile("|".join(each)) for kind, each in lines.items()}


def new_offer(before: str, after: str) -> Finding | None:
    """A price and the way to it, in a sentence or two that the page did not have before.

    The sign is weaker when the page spoke of prices and ways to buy before, since its publisher may go on to do so.
    """
    known = {one.key for one in sentences(before)}
    told = [(after[one.start : one.end], one.key in known) for one in sentences(after)]
    found = [offer for at in range(len(told)) if (offer := _offer(told[at : at + _TOGETHER]))]
    if not found:
        return None
    had = [kind for kind, pattern in _patterns().items() if pattern.search(fold(before))]
    words = list(dict.fromkeys(word for offer in found for word in offer))
    return Finding(
        detector=HISTORY,
        version=2,
        label="wares",
        score=SIGN if had else STRONG,
        summary=f"an offer to its readers that it did not make before: {'、'.join(words[:6])}",
        measured={"words": words[:SHOWN], "before": had},
    )


def _offer(told: list[tuple[str, bool]]) -> list[str]:
    """The words of price and of a way to buy in the new sentences."""
    new = fold("\n".join(sentence for sentence, is_known in told if not is_known))
    found = [[match[0] for match in pattern.finditer(new)] for pattern in _patterns().values()]
    return [word for words in found for word in words] if new and all(found) else []
