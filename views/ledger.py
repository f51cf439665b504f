"""A series' ledger as a person reads it. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import tzinfo
from typing import Any, Final

from storage.rows import LedgerEntry, SeriesLedger, State
from views.run_summary import doubted
from views.stories import printed_date

# What a series lacks, and what it has from pages alone that nobody should trust.
NOT_WHOLE: Final[tuple[State, ...]] = ("tampered only", "failed", "waiting", "title only", "never found")


def completeness(ledger: SeriesLedger) -> str:
    """One line on how whole a series is."""
    known = len(ledger.entries)
    counts = Counter(entry.state for entry in ledger.entries)
    if ledger.completeness is None:
        return "No story of this series is known."
    if ledger.completeness == 1:
        return f"All {known} known stories are stored." + _beside(counts, "copy only")
    held = counts["stored"] + counts["copy only"]
    rest = ", ".join(f"{counts[word]} {word}" for word in NOT_WHOLE if counts[word])
    # Rounded down: a series that lacks one of a thousand is not whole.
    share = 100 * held // known
    return f"{held} of {known} known stories are stored ({share} %); {rest}.{_beside(counts, 'copy only')}"


def _beside(counts: Counter[Any], word: str) -> str:
    return f" {counts[word]} of the stored are {word}." if counts[word] else ""


def entry_row(entry: LedgerEntry, zone: tzinfo) -> dict[str, Any]:
    """The fields of an entry, and `published` as its page printed it, which keeps the clock of `zone`."""
    return asdict(entry) | {"published": printed_date(entry.published_at, entry.published_precision, zone)}


def remarks(ledger: SeriesLedger) -> Iterable[str]:
    """What to look at: pauses, columns that were not read, what was not followed, where the order is not agreed."""
    titles = {entry.place: entry.title or f"number {entry.ordinal}" for entry in ledger.entries}
    for gap in ledger.silences:
        known = f", of which {gap.known} are known and missing" if gap.known else ""
        yield (
            f"Gap: {gap.days} days without a story after 《{titles[gap.after]}》; "
            f"the rhythm lets {gap.expected} expect{known}."
        )
    for page in ledger.unread:
        why = page.reason or page.outcome or "it has not been visited yet"
        yield f"Unread: {page.url}, a page of the column: {why}. What only it lists is not known."
    for doubt in ledger.doubts:
        yield f"Doubt: {doubted(doubt)}."
    for conflict in ledger.conflicts:
        yield f"Order: {conflict}."
