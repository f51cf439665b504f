"""Errors name the thing and keep the secret."""

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import Archive
from storage.db.engine import archive_engine
from storage.db.errors import ArchiveError, DiskFullError, archive_error, masked

NAMES = st.text("abcXYZ019_%.-", min_size=1)


@given(NAMES, NAMES)
def test_no_password_is_ever_shown(user: str, password: str) -> None:
    assert masked(f"cannot open postgresql://{user}:{password}@db/x?") == f"cannot open postgresql://{user}:***@db/x?"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_the_systems_own_errors_of_room(number: int) -> None:
    found = archive_error(OSError(number, "no room"), "sqlite:///a.db")
    assert isinstance(found, DiskFullError)


def test_an_error_of_one_statement_is_none_of_the_archives() -> None:
    assert archive_error(ValueError("naive time"), "sqlite:///a.db") is None
    assert archive_error(ArchiveError("x"), "") is not None


def test_no_piece_of_a_statement_is_shown(postgresql_url: str) -> None:
    Archive(postgresql_url).close()
    engine = archive_engine(postgresql_url)
    with engine.begin() as holder, engine.connect() as other:
        holder.execute(text("LOCK TABLE story IN ACCESS EXCLUSIVE MODE"))
        other.execute(text("SET lock_timeout = '10ms'"))
        with pytest.raises(OperationalError) as caught:
            other.execute(text("SELECT title FROM story JOIN page ON page.story_id = story.id"))
    engine.dispose()
    found = str(archive_error(caught.value, "postgresql://reader@db/a"))
    assert "(canceling statement due to lock timeout)" in found
