"""The guard of tests/conftest.py holds."""

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_a_connection_to_elsewhere_fails_the_test(address: tuple[str, int]) -> None:
    with socket.socket() as here, pytest.raises(pytest.fail.Exception, match="a test dialled"):
        here.connect(address)


def test_loopback_may_be_dialled() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()
