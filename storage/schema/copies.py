"""Tables of the machinery of copies: findings, relations, fingerprints, hosts."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, TypedColumns

from storage.schema.columns import Flag, Json, Key, Moment, Score, Whole, Words, metadata
from storage.schema.crawling import STRICT


class _Finding(TypedColumns):
    """One sign of tampering. It never deletes or rewrites anything."""

    id = Column(Whole, primary_key=True)
    revision_id = Column(Whole, ForeignKey("revision.id"), nullable=False)
    detector = Column(Words, nullable=False)
    detector_version = Column(Words, nullable=False)
    label = Column(Words, nullable=False)
    score = Column(Score, nullable=False)
    summary = Column(Words, nullable=False, default="")
    evidence = Column(Json, nullable=False)
    found_at = Column(Moment, nullable=False)


finding = Table("finding", metadata, _Finding, Index("ix_finding_revision_id", "revision_id"), **STRICT)


class _Relation(TypedColumns):
    """How one text stands to an older one. What a person decided outranks `auto`."""

    text_id = Column(Whole, ForeignKey("text.id"), primary_key=True, autoincrement=False)
    other_text_id = Column(Whole, ForeignKey("text.id"), primary_key=True, autoincrement=False)
    relation = Column(Text, nullable=False)
    score = Column(Score, nullable=False)
    evidence = Column(Json, nullable=False)
    decided_by = Column(Words, nullable=False, default="auto")
    decided_at = Column(Moment, nullable=False)
    open = Column(Flag, nullable=False, default=False)


relation = Table(
    "relation",
    metadata,
    _Relation,
    Index("ix_relation_other_text_id", "other_text_id"),
    Index("ix_relation_open", "open", "score"),
    **STRICT,
)


class _Decision(TypedColumns):
    """What was changed about a story and its copies, by whom and why; kept for ever."""

    id = Column(Whole, primary_key=True)
    story_id = Column(Whole, ForeignKey("story.id"), nullable=False)
    other_story_id = Column(Whole, ForeignKey("story.id"))
    kind = Column(Text, nullable=False)
    reason = Column(Words, nullable=False)
    decided_by = Column(Words, nullable=False)
    decided_at = Column(Moment, nullable=False)


decision = Table("decision", metadata, _Decision, Index("ix_decision_story_id", "story_id", "id"), **STRICT)


class _Sketch(TypedColumns):
    text_id = Column(Whole, ForeignKey("text.id"), primary_key=True, autoincrement=False)
    version = Column(Integer, nullable=False)
    signature = Column(LargeBinary, nullable=False)
    # Hashes of the paragraphs that it was made without, 8 bytes each, little-endian; NULL for none.
    left_out = Column(LargeBinary)


sketch = Table("sketch", metadata, _Sketch, **STRICT)


class _LshBand(TypedColumns):
    # No foreign key: 42 rows a text, and its check would double what they cost.
    band = Column(Whole, primary_key=True, autoincrement=False)
    text_id = Column(Whole, primary_key=True, autoincrement=False)


lsh_band = Table("lsh_band", metadata, _LshBand, sqlite_with_rowid=False, **STRICT)


class _Sentence(TypedColumns):
    hash = Column(Whole, primary_key=True, autoincrement=False)
    text_id = Column(Whole, primary_key=True, autoincrement=False)


sentence = Table("sentence", metadata, _Sentence, sqlite_with_rowid=False, **STRICT)


class _Paragraph(TypedColumns):
    hash = Column(Whole, primary_key=True, autoincrement=False)
    text_id = Column(Whole, primary_key=True, autoincrement=False)


paragraph = Table("paragraph", metadata, _Paragraph, sqlite_with_rowid=False, **STRICT)


class _SpinPair(TypedColumns):
    """A word and what spinners put in its place, as seen between texts of one story."""

    spun = Column(Key, primary_key=True)
    original = Column(Key, primary_key=True)
    seen = Column(Integer, nullable=False, default=0)
    copies = Column(Integer, nullable=False, default=0)
    source = Column(Words, nullable=False)
    status = Column(Text, nullable=False)
    decided_by = Column(Words, nullable=False, default="auto")


spin_pair = Table(
    "spin_pair",
    metadata,
    _SpinPair,
    Index("ix_spin_pair_status", "status", "copies"),
    sqlite_with_rowid=False,
    **STRICT,
)


class _SpinSighting(TypedColumns):
    """Where a pair was seen: the spun text, and the one that it was read beside."""

    spun = Column(Key, primary_key=True)
    original = Column(Key, primary_key=True)
    text_id = Column(Whole, ForeignKey("text.id"), primary_key=True, autoincrement=False)
    other_text_id = Column(Whole, ForeignKey("text.id"), nullable=False)
    seen = Column(Integer, nullable=False)


spin_sighting = Table("spin_sighting", metadata, _SpinSighting, sqlite_with_rowid=False, **STRICT)


class _Host(TypedColumns):
    """A site and how far it is trusted: verified, known, unknown, suspect or hijacked."""

    host = Column(Key, primary_key=True)
    registrable = Column(Words, nullable=False)
    trust = Column(Text, nullable=False, default="unknown")
    icp = Column(Words)
    owner = Column(Words)
    evidence = Column(Json, nullable=False)


host = Table("host", metadata, _Host, sqlite_with_rowid=False, **STRICT)
