"""What the archive answers with: plain frozen records. Times are aware and in UTC."""

from storage.rows.copies import (
    Copies,
    CopyRow,
    Decided,
    DecisionRow,
    HostRow,
    NamedText,
    OpenCase,
    SpinPairRow,
    Trust,
)
from storage.rows.ledger import LedgerEntry, SeriesLedger, Silence, State
from storage.rows.pages import CaptureRow, DuePage, FrontierCounts, PageHistory, PageRow, RunRow, SeriesRow
from storage.rows.stories import (
    FindingRow,
    Hit,
    MentionRow,
    MissingStory,
    RelationRow,
    RevisionRow,
    StoryDetail,
    StoryRow,
)

__all__ = [
    "CaptureRow",
    "Copies",
    "CopyRow",
    "Decided",
    "DecisionRow",
    "DuePage",
    "FindingRow",
    "FrontierCounts",
    "Hit",
    "HostRow",
    "LedgerEntry",
    "MentionRow",
    "MissingStory",
    "NamedText",
    "OpenCase",
    "PageHistory",
    "PageRow",
    "RelationRow",
    "RevisionRow",
    "RunRow",
    "SeriesLedger",
    "SeriesRow",
    "Silence",
    "SpinPairRow",
    "State",
    "StoryDetail",
    "StoryRow",
    "Trust",
]
