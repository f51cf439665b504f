"""Tables of the clock: which process it is, and what it has called."""

from sqlalchemy import Column, Integer, Table, TypedColumns

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
