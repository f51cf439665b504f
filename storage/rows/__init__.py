"""What the archive answers with: plain frozen records. Times are aware and in UTC."""

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
    "DuePage",
    "FindingRow",
    "FrontierCounts",
    "Hit",
    "MentionRow",
    "MissingStory",
    "PageHistory",
    "PageRow",
    "RelationRow",
    "RevisionRow",
    "RunRow",
    "SeriesRow",
    "StoryDetail",
    "StoryRow",
]
