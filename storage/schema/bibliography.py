"""The columns of `Bibliography`, which the tables of stories and of revisions share."""

from sqlalchemy import Column, TypedColumns

from storage.schema.columns import Moment, Number, Words


class Bibliographic(TypedColumns):
    """One column a fact, by its name."""

    title = Column(Words, nullable=False)
    subtitle = Column(Words)
    ordinal = Column(Number)
    subject = Column(Words)
    author = Column(Words)
    source = Column(Words)
    published_at = Column(Moment)
    published_precision = Column(Words)
    published_source = Column(Words)
    language = Column(Words)
