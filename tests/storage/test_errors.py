"""Errors name the thing and keep the secret."""

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
