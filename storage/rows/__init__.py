"""What the archive answers with: plain frozen records. Times are aware and in UTC."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.rows.copies import (
        Bearer,
        Copies,
        CopyRow,
        Decided,
        DecisionRow,
        HeldRow,
        HostRow,
        NamedText,
        OpenCase,
        SpinPairRow,
        StoredText,
    )
    from storage.rows.files import FileRow, FileSaid, LackingFile, WantedFile
    from storage.rows.handed_over import BarePage, CarriedFile, CarriedText, SaidOfTexts
    from storage.rows.ledger import LedgerEntry, PlacedStory, SeriesLedger, State
    from storage.rows.pages import (
        CaptureRow,
        DoubtfulRow,
        DoubtRow,
        DuePage,
        FrontierCounts,
        KeptCapture,
        KnownAddress,
        PageHistory,
        PageRow,
        RulingRow,
        RunKind,
        RunRow,
        SeriesRow,
        SeriesSpan,
    )
    from storage.rows.scheduling import CallRow, IncidentRow, Notice, NoticeRow, SchedulerRow
    from storage.rows.stories import (
        SORTS,
        ChangeRow,
        Facets,
        FindingRow,
        FlawedStory,
        HandedStory,
        Hit,
        Hits,
        MentionRow,
        MissingStory,
        RelationRow,
        RevisionRow,
        Sort,
        StoryDetail,
        StoryRow,
        Which,
    )
    from wangqi.copies.ranks import Trust
else:

    def __getattr__(name: str) -> object:
        """Loads modules until one has it; those first that most questions answer with."""
        modules = ("stories", "pages", "ledger", "copies", "files", "handed_over", "scheduling")
        for module in modules if name in __all__ else ():
            if hasattr(import_module(f"{__name__}.{module}"), name):
                return getattr(sys.modules[f"{__name__}.{module}"], name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "SORTS",
    "BarePage",
    "Bearer",
    "CallRow",
    "CaptureRow",
    "CarriedFile",
    "CarriedText",
    "ChangeRow",
    "Copies",
    "CopyRow",
    "Decided",
    "DecisionRow",
    "DoubtRow",
    "DoubtfulRow",
    "DuePage",
    "Facets",
    "FileRow",
    "FileSaid",
    "FindingRow",
    "FlawedStory",
    "FrontierCounts",
    "HandedStory",
    "HeldRow",
    "Hit",
    "Hits",
    "HostRow",
    "IncidentRow",
    "KeptCapture",
    "KnownAddress",
    "LackingFile",
    "LedgerEntry",
    "MentionRow",
    "MissingStory",
    "NamedText",
    "Notice",
    "NoticeRow",
    "OpenCase",
    "PageHistory",
    "PageRow",
    "PlacedStory",
    "RelationRow",
    "RevisionRow",
    "RulingRow",
    "RunKind",
    "RunRow",
    "SaidOfTexts",
    "SchedulerRow",
    "SeriesLedger",
    "SeriesRow",
    "SeriesSpan",
    "Sort",
    "SpinPairRow",
    "State",
    "StoredText",
    "StoryDetail",
    "StoryRow",
    "Trust",
    "WantedFile",
    "Which",
]
