"""Row 18 of issue 12: no spelling of a password in ARCHIVE_URL is ever printed."""

from collections.abc import Callable

import pytest

from storage import Archive
from storage.db.errors import ArchiveError, masked
from storage.locks import series_lock

SECRET = "gei/heim@7"
SPELLINGS = [  # of gei/heim@7
    "postgresql://me:gei/heim@7@127.0.0.1:1/archive",
    "postgresql://me:gei%2Fheim%407@127.0.0.1:1/archive",
    "postgresql://127.0.0.1:1/archive?user=me&password=gei%2Fheim%407",
    "postgresql+psycopg://127.0.0.1:1/archive?password=gei/heim@7&user=me",
    "postgresql://me@127.0.0.1:1/archive?sslpassword=gei/heim@7&PASSWORD=gei/heim@7",
    "mysql://me:gei/heim@7@127.0.0.1/archive",
    "nonsense me:gei/heim@7 password='gei/heim@7'",
    "sqlite:////nowhere/at/all/x.db?password=gei/heim@7",
]


def _locked(address: str) -> None:
    with series_lock(address, "x"):
        pass


@pytest.mark.parametrize("address", SPELLINGS)
@pytest.mark.parametrize("ask", [Archive, _locked], ids=["archive", "lock"])
def test_an_error_names_the_archive_without_its_password(ask: Callable[[str], object], address: str) -> None:
    try:
        ask(address)
    except ArchiveError as error:
        told = str(error)
    else:
        told = masked(address)
    assert not any(each in told for each in ("gei/heim", "gei%2Fheim", "heim@7", "heim%407")), told


def test_a_driver_that_quotes_the_password_alone_is_masked() -> None:
    told = masked('could not connect: "gei/heim@7" is wrong', SPELLINGS[1])
    assert told == 'could not connect: "***" is wrong'
