"""Tables of the clock: which process it is, what it has called, and what it tells whom."""

from sqlalchemy import Column, Index, Integer, Table, Text, TypedColumns

from storage.schema.columns import Key, Moment, Whole, Words, metadata
from storage.schema.crawling import STRICT


class _Scheduler(TypedColumns):
    """The process that holds the archive's schedule, or held it last: one row."""

    id = Column(Integer, primary_key=True, autoincrement=False)
    pid = Column(Integer, nullable=False)
    host = Column(Words, nullable=False)
    started_at = Column(Moment, nullable=False)
    # When it last looked what is due, as it does every minute.
    looked_at = Column(Moment, nullable=False)


scheduler = Table("scheduler", metadata, _Scheduler, **STRICT)


class _Call(TypedColumns):
    """The last crawl of a series that the scheduler has called; written before the crawl's process is started."""

    series = Column(Key, primary_key=True)
    # The moment of its schedule for which it was called. It stays when the call is made again.
    due_at = Column(Moment, nullable=False)
    called_at = Column(Moment, nullable=False)
    attempts = Column(Integer, nullable=False)
    # The newest run that the series had then; the first one after it is the run that was called.
    after_run = Column(Whole, nullable=False)


call = Table("call", metadata, _Call, **STRICT)


class _Incident(TypedColumns):
    """Something that is wrong with a series, or with the whole archive, told when it begins and when it ends."""

    id = Column(Whole, primary_key=True)
    # The name of the series; empty of what concerns all of them.
    series = Column(Key, nullable=False)
    what = Column(Text, nullable=False)
    level = Column(Text, nullable=False)
    fact = Column(Words, nullable=False)
    began_at = Column(Moment, nullable=False)
    ended_at = Column(Moment)


incident = Table("incident", metadata, _Incident, Index("ix_incident_ended_at", "ended_at"), **STRICT)


class _Notice(TypedColumns):
    """What somebody is to be told. It stays until the channel has taken it, and half a year longer."""

    id = Column(Whole, primary_key=True)
    # The entry of the catalogue whose `notify` it goes to, empty for the one above all entries; and which of its
    # addresses. The address itself is a secret, and in no table.
    channel = Column(Key, nullable=False)
    address = Column(Integer, nullable=False)
    kind = Column(Text, nullable=False)
    subject = Column(Words, nullable=False)
    body = Column(Words, nullable=False)
    made_at = Column(Moment, nullable=False)
    # Of the next try; NULL when it was taken.
    due_at = Column(Moment)
    attempts = Column(Integer, nullable=False, default=0)
    # Why the last try has failed, without the address.
    trouble = Column(Words)
    sent_at = Column(Moment)


notice = Table(
    "notice",
    metadata,
    _Notice,
    Index("ix_notice_due_at", "due_at"),
    Index("ix_notice_channel", "channel", "kind", "made_at"),
    **STRICT,
)
