"""Tables of what was read: stories, texts, revisions, mentions."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, TypedColumns, false

from storage.schema.bibliography import Bibliographic
from storage.schema.columns import Flag, Json, Key, Moment, Place, Whole, Words, metadata
from storage.schema.crawling import STRICT


class _Story(Bibliographic):
    """A work. Its words and dates are those of its canonical revision."""

    id = Column(Whole, primary_key=True)
    series_id = Column(Whole, ForeignKey("series.id"), nullable=False)
    title_key = Column(Key, nullable=False)
    status = Column(Text, nullable=False, default="ok")
    # A person said that it is not of its series: it is kept, and not counted.
    is_foreign = Column(Flag, nullable=False, default=False, server_default=false())
    merged_into = Column(Whole, ForeignKey("story.id"))
    # No foreign key, because revision points back here.
    canonical_revision_id = Column(Whole)
    canonical_reason = Column(Words)
    # When it was last looked for elsewhere, of a story without a fit copy.
    sought_at = Column(Moment)
    first_seen_at = Column(Moment, nullable=False)


story = Table(
    "story",
    metadata,
    _Story,
    Index("ix_story_title_key", "series_id", "title_key"),
    Index("ix_story_series_published", "series_id", "published_at", "id"),
    Index("ix_story_published", "published_at", "id"),
    Index("ix_story_first_seen", "first_seen_at"),
    **STRICT,
)


class _TextColumns(TypedColumns):
    id = Column(Whole, primary_key=True)
    sha256 = Column(LargeBinary, nullable=False, unique=True)
    key_sha256 = Column(LargeBinary, nullable=False, index=True)
    chars = Column(Integer, nullable=False)
    body = Column(Words, nullable=False)


text = Table("text", metadata, _TextColumns, **STRICT)


class _Revision(Bibliographic):
    """The text of a page at a time; a new row only when text or title changed."""

    id = Column(Whole, primary_key=True)
    page_id = Column(Whole, ForeignKey("page.id"), nullable=False)
    story_id = Column(Whole, ForeignKey("story.id"), nullable=False)
    text_id = Column(Whole, ForeignKey("text.id"), nullable=False)
    capture_id = Column(Whole, ForeignKey("capture.id"))
    parent_id = Column(Whole, ForeignKey("revision.id"))
    title_key = Column(Key, nullable=False)
    series_title = Column(Words)
    standing = Column(Integer, nullable=False)
    standing_reason = Column(Words, nullable=False, default="")
    original_url = Column(Words)
    flaws = Column(Words)
    change = Column(Text)
    # Why it does not stand though it is the newest, and how many visits have brought it; NULL of one that may stand.
    held = Column(Text)
    held_visits = Column(Integer, nullable=False, default=0, server_default="0")
    details = Column(Json, nullable=False)
    extractor_version = Column(Words, nullable=False)
    recorded_at = Column(Moment, nullable=False)
    # Over all that was read (storage/recording/seals.py); NULL of one whose row was made by other hands.
    sha256 = Column(LargeBinary)


revision = Table(
    "revision",
    metadata,
    _Revision,
    Index("ix_revision_page_id", "page_id", "id"),
    Index("ix_revision_story_id", "story_id", "id"),
    Index("ix_revision_text_id", "text_id", "id"),
    Index("ix_revision_recorded", "recorded_at"),
    **STRICT,
)


class _Mention(TypedColumns):
    """One line of a 往期 block; `current` while the newest reading of its page still has it."""

    id = Column(Whole, primary_key=True)
    page_id = Column(Whole, ForeignKey("page.id"), nullable=False)
    revision_id = Column(Whole, ForeignKey("revision.id"))
    series_id = Column(Whole, ForeignKey("series.id"), nullable=False)
    position = Column(Place, nullable=False)
    title = Column(Words, nullable=False)
    title_key = Column(Key, nullable=False)
    url = Column(Words)
    url_sha256 = Column(LargeBinary)
    story_id = Column(Whole, ForeignKey("story.id"))
    current = Column(Flag, nullable=False, default=True)


mention = Table(
    "mention",
    metadata,
    _Mention,
    Index("ix_mention_page_id", "page_id", "position"),
    Index("ix_mention_title_key", "series_id", "title_key"),
    Index("ix_mention_url_sha256", "url_sha256"),
    Index("ix_mention_story_id", "story_id"),
    Index("ix_mention_open", "series_id", "story_id"),
    **STRICT,
)
