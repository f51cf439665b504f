"""What holds for every test: nobody beyond this machine is dialled from the test process; and what any may ask for."""

import ipaddress
import os
import socket
import sys

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import (
    archive,
    empty_postgresql_url,
    postgresql_server,
    postgresql_url,
    ready_postgresql,
    sqlite_url,
    url,
)
from tests.hostile.rows import of_test
from tests.ready_archive import begin_ready

__all__ = [
    "archive",
    "empty_postgresql_url",
    "postgresql_server",
    "postgresql_url",
    "ready_postgresql",
    "sqlite_url",
    "url",
]

begin_ready()
# Else each process that a test starts compiles all that it imports.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Whoever runs them, commands speak English here but where a test says otherwise.
os.environ["WANGQI_LANG"] = "en"

# An example may take long where the machine is busy with other things.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-k row_12` finds the tests of row 12 of tests/hostile/rows.toml (`seen_12`); long loops have their time."""
    for item in items:
        item.extra_keyword_matches.update(of_test(item.nodeid))
        if item.get_closest_marker("torture") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(1800))  # such loops take minutes, more where the machine is busy


def _is_here(family: int, address: object) -> bool:
    if family not in {socket.AF_INET, socket.AF_INET6}:
        return True
    host = str(address[0])  # type: ignore[index]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but loopback fails the test that asks for it."""
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def guarded(self, address, *, real=real):
            if not _is_here(self.family, address):
                pytest.fail(f"a test dialled {address}")
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)
