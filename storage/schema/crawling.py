"""Tables of the crawl: series, runs, pages, captures, payloads."""

from typing import Any, Final

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, TypedColumns

from storage.schema.columns import Flag, Json, Key, Moment, Number, Score, Whole, Words, metadata

STRICT: Final[dict[str, Any]] = {"sqlite_strict": True}


class _Series(TypedColumns):
    id = Column(Whole, primary_key=True)
    name = Column(Key, nullable=False, unique=True)
    title = Column(Words)
    publisher = Column(Words)
    start = Column(Json, nullable=False)
    cadence_days = Column(Score)
    # The series that this one was joined to; its stories are there.
    joined_into = Column(Whole, ForeignKey("series.id"))
    created_at = Column(Moment, nullable=False)


series = Table("series", metadata, _Series, **STRICT)


class _Run(TypedColumns):
    id = Column(Whole, primary_key=True)
    series_id = Column(Whole, ForeignKey("series.id"), nullable=False)
    # `crawl`, `fill` or `import`.
    kind = Column(Text, nullable=False, default="crawl", server_default="crawl")
    pid = Column(Integer, nullable=False)
    started_at = Column(Moment, nullable=False)
    ended_at = Column(Moment)
    reason = Column(Words)
    counts = Column(Json, nullable=False)
    requests = Column(Integer, nullable=False, default=0)
    exit_code = Column(Integer)
    # Named stories that were neither held nor known to be gone when it ended; NULL of a run that did not say.
    missing = Column(Integer)


run = Table("run", metadata, _Run, Index("ix_run_series_id", "series_id", "id"), **STRICT)


class _Manifest(TypedColumns):
    """A Merkle root over the seals of what a run has stored, in the order of their rows."""

    run_id = Column(Whole, ForeignKey("run.id"), primary_key=True, autoincrement=False)
    leaves = Column(Integer, nullable=False)
    root = Column(LargeBinary, nullable=False)
    made_at = Column(Moment, nullable=False)
    # The answer of a time stamping authority (RFC 3161, DER); NULL where none was asked, or none has answered yet.
    time_stamp = Column(LargeBinary)
    stamped_at = Column(Moment)


manifest = Table("manifest", metadata, _Manifest, **STRICT)


class _Payload(TypedColumns):
    sha256 = Column(LargeBinary, primary_key=True)
    codec = Column(Words, nullable=False)
    dictionary_sha256 = Column(LargeBinary, ForeignKey("payload.sha256"))
    size = Column(Integer, nullable=False)
    body = Column(LargeBinary, nullable=False)


payload = Table("payload", metadata, _Payload, **STRICT)


class _Page(TypedColumns):
    """One canonical URL: a place in the frontier and, when it carries a story, one copy of it."""

    id = Column(Whole, primary_key=True)
    # The unique key is the digest, since a btree of PostgreSQL refuses keys of more than 2,704 bytes.
    url_sha256 = Column(LargeBinary, nullable=False, unique=True)
    url = Column(Words, nullable=False)
    host = Column(Words, nullable=False)
    series_id = Column(Whole, ForeignKey("series.id"), nullable=False)
    # How it was found
    via = Column(Words, nullable=False)
    title = Column(Words)
    found_reason = Column(Words, nullable=False, default="")
    depth = Column(Integer, nullable=False)
    discovered_from = Column(Whole, ForeignKey("page.id"))
    discovered_at = Column(Moment, nullable=False)
    # When to fetch it
    state = Column(Text, nullable=False)
    due_at = Column(Moment)
    watch = Column(Flag, nullable=False, default=False)
    attempts = Column(Integer, nullable=False, default=0)
    interval_days = Column(Integer, nullable=False, default=0)
    unconfirmed_since = Column(Moment)
    lease_run_id = Column(Whole, ForeignKey("run.id"))
    lease_until = Column(Moment)
    # What became of it
    outcome = Column(Text)
    outcome_at = Column(Moment)
    reason = Column(Words, nullable=False, default="")
    run_id = Column(Whole, ForeignKey("run.id"))
    etag = Column(Words)
    last_modified = Column(Words)
    # Answers in a row that said so of it, and whether they are believed.
    unchanged_times = Column(Integer, nullable=False, default=0)
    distrusted = Column(Flag, nullable=False, default=False)
    # That it listed; None of a page that never was a listing.
    row_count = Column(Number)
    payload_sha256 = Column(LargeBinary)
    # What it carries. revision_id has no foreign key because revision points back here.
    story_id = Column(Whole, ForeignKey("story.id"))
    revision_id = Column(Whole)
    relation = Column(Text)
    # The version of the reader that has read its kept bytes since, and found what is stored; NULL before one has.
    read_with = Column(Words)
    # When a column was first seen showing it, and the id of that column's page.
    listed_at = Column(Moment)
    listed_on = Column(Whole)


page = Table(
    "page",
    metadata,
    _Page,
    Index("ix_page_due", "series_id", "state", "due_at", "id"),
    Index("ix_page_outcome", "series_id", "outcome"),
    Index("ix_page_watch", "series_id", "watch"),
    Index("ix_page_unconfirmed", "series_id", "unconfirmed_since"),
    Index("ix_page_story_id", "story_id"),
    Index("ix_page_host", "host", "id"),
    Index("ix_page_run_id", "run_id", "outcome"),
    **STRICT,
)


class _Share(TypedColumns):
    """What a series knows of a page that another one holds now; the columns are those of `page`."""

    page_id = Column(Whole, ForeignKey("page.id"), primary_key=True)
    series_id = Column(Whole, ForeignKey("series.id"), primary_key=True)
    via = Column(Words, nullable=False)
    title = Column(Words)
    found_reason = Column(Words, nullable=False, default="")
    discovered_from = Column(Whole, ForeignKey("page.id"))
    depth = Column(Integer, nullable=False)
    due_at = Column(Moment)
    watch = Column(Flag, nullable=False, default=False)
    attempts = Column(Integer, nullable=False, default=0)
    interval_days = Column(Integer, nullable=False, default=0)
    unconfirmed_since = Column(Moment)
    outcome = Column(Text)
    outcome_at = Column(Moment)
    reason = Column(Words, nullable=False, default="")
    run_id = Column(Whole, ForeignKey("run.id"))
    etag = Column(Words)
    last_modified = Column(Words)
    unchanged_times = Column(Integer, nullable=False, default=0)


share = Table("share", metadata, _Share, Index("ix_share_series_id", "series_id", "due_at"), **STRICT)


class _Doubt(TypedColumns):
    """What a page showed and nobody followed; each series that reads the page has its own."""

    id = Column(Whole, primary_key=True)
    page_id = Column(Whole, ForeignKey("page.id"), nullable=False)
    series_id = Column(Whole, ForeignKey("series.id"), nullable=False)
    words = Column(Words, nullable=False)
    seen_at = Column(Moment, nullable=False)


doubt = Table(
    "doubt",
    metadata,
    _Doubt,
    Index("ix_doubt_series_id", "series_id", "page_id"),
    Index("ix_doubt_page_id", "page_id", "series_id"),
    **STRICT,
)


class _Capture(TypedColumns):
    id = Column(Whole, primary_key=True)
    page_id = Column(Whole, ForeignKey("page.id"), nullable=False)
    run_id = Column(Whole, ForeignKey("run.id"))
    kind = Column(Text, nullable=False)
    url = Column(Words, nullable=False)
    fetched_at = Column(Moment, nullable=False)
    status = Column(Number)
    headers = Column(Json, nullable=False)
    payload_sha256 = Column(LargeBinary, ForeignKey("payload.sha256"))
    outcome = Column(Text, nullable=False)
    change = Column(Text)
    reason = Column(Words, nullable=False)


capture = Table(
    "capture",
    metadata,
    _Capture,
    Index("ix_capture_page_id", "page_id", "id"),
    Index("ix_capture_run_id", "run_id"),
    Index("ix_capture_payload_sha256", "payload_sha256"),
    **STRICT,
)


class _Ruling(TypedColumns):
    """What a person decided about a series or one of its pages. It outranks every verdict until it is undone."""

    id = Column(Whole, primary_key=True)
    series_id = Column(Whole, ForeignKey("series.id"), nullable=False)
    page_id = Column(Whole, ForeignKey("page.id"))
    kind = Column(Text, nullable=False)
    # The name that the series, or the one joined to it, had before; whoever uses it is led on.
    former_name = Column(Key)
    reason = Column(Words, nullable=False)
    # What undoing it needs.
    before = Column(Json, nullable=False)
    decided_by = Column(Words, nullable=False)
    decided_at = Column(Moment, nullable=False)
    undone_by = Column(Words)
    undone_at = Column(Moment)


ruling = Table(
    "ruling",
    metadata,
    _Ruling,
    Index("ix_ruling_series_id", "series_id", "id"),
    Index("ix_ruling_page_id", "page_id", "series_id"),
    Index("ix_ruling_former_name", "former_name"),
    **STRICT,
)
