"""Tables of what stands at addresses of its own in stories: pictures and attachments."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, TypedColumns

from storage.schema.columns import Json, Moment, Number, Place, Whole, Words, metadata
from storage.schema.crawling import STRICT


class _File(TypedColumns):
    """One picture or attachment that stories of a series show, and what became of asking for it."""

    id = Column(Whole, primary_key=True)
    series_id = Column(Whole, ForeignKey("series.id"), nullable=False)
    url_sha256 = Column(LargeBinary, nullable=False)
    url = Column(Words, nullable=False)
    kind = Column(Text, nullable=False)
    # `kept`, or a word of `wangqi.outcomes`; NULL of one that was not asked for.
    outcome = Column(Text)
    reason = Column(Words, nullable=False, default="")
    attempts = Column(Integer, nullable=False, default=0)
    run_id = Column(Whole, ForeignKey("run.id"))
    # The answer, of one that is kept.
    answered_url = Column(Words)
    fetched_at = Column(Moment)
    status = Column(Number)
    headers = Column(Json)
    media_type = Column(Words)
    size = Column(Integer)
    payload_sha256 = Column(LargeBinary, ForeignKey("payload.sha256"))


file = Table(
    "file",
    metadata,
    _File,
    Index("ix_file_url_sha256", "url_sha256", "series_id", unique=True),
    Index("ix_file_wanted", "series_id", "kind", "outcome", "id"),
    Index("ix_file_payload_sha256", "payload_sha256"),
    **STRICT,
)


class _Image(TypedColumns):
    """A picture or an attachment in a revision."""

    id = Column(Whole, primary_key=True)
    revision_id = Column(Whole, ForeignKey("revision.id"), nullable=False)
    position = Column(Place, nullable=False)
    kind = Column(Text, nullable=False)
    url = Column(Words, nullable=False)
    caption = Column(Words)
    credit = Column(Words)
    file_id = Column(Whole, ForeignKey("file.id"), nullable=False)
    file_sha256 = Column(LargeBinary)


image = Table(
    "image",
    metadata,
    _Image,
    Index("ix_image_revision_id", "revision_id", "position"),
    Index("ix_image_file_id", "file_id"),
    Index("ix_image_file_sha256", "file_sha256"),
    **STRICT,
)


class _FileText(TypedColumns):
    """What a kept file says, read by a program: never the text of a story."""

    sha256 = Column(LargeBinary, ForeignKey("payload.sha256"), primary_key=True)
    # `pdf`, `docx`, `xlsx`, `ofd`, or `ocr` of a picture.
    origin = Column(Text, nullable=False)
    # Empty of one that says nothing that could be read; then `reason` is why.
    body = Column(Words, nullable=False)
    reason = Column(Words, nullable=False, default="")
    reader = Column(Words, nullable=False)
    read_at = Column(Moment, nullable=False)


file_text = Table("file_text", metadata, _FileText, **STRICT)
