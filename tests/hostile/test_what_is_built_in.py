"""Rows that hold by what the project is made of: what it needs, what it imports, whom it believes."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from packaging.version import Version

from tests.crawler.crawling import crawl

ROOT = Path(__file__).parents[2]
ROOMS = ("wangqi", "storage", "views", "pipelines", "crawler")
# The first release without the hole: CVE-2026-105782, CVE-2026-41066, CVE-2026-42304, CVE-2025-6176, CVE-2026-28350.
FLOORS = {"scrapy": "2.17", "lxml": "6.1", "twisted": "26.4", "brotli": "1.2", "lxml_html_clean": "0.4.5"}


def sources() -> Iterator[str]:
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            yield file.read_text(encoding="utf-8")


@contextmanager
def whom_nobody_vouches_for(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """A server with a certificate of its own making: its port, and the paths that it was asked for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    pem = folder / "server.pem"
    shown = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(shown + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()
            thread.join(10)


def test_row_10_a_certificate_that_nobody_vouches_for_is_not_believed(tmp_path: Path) -> None:
    with whom_nobody_vouches_for(tmp_path) as (port, asked):
        url = f"https://127.0.0.1:{port}/"
        done = crawl(url, DOWNLOAD_VERIFY_CERTIFICATES=True, ROBOTSTXT_OBEY=False, RETRY_TIMES=0)
    assert done[url].status is None
    assert "certificate verify failed" in done[url].reason
    assert asked == []


@pytest.mark.parametrize("word", ["SQLAlchemyJobStore", "PickleType", "LargeBinaryPickle", "jobstores.sqlalchemy"])
def test_row_48_no_schedule_is_a_pickle_in_a_database(word: str) -> None:
    assert not [source for source in sources() if word in source]


@pytest.mark.parametrize("name", FLOORS)
def test_row_61_nothing_with_a_known_hole_is_needed(name: str) -> None:
    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    versions = {each.lower().replace("-", "_"): version for each, version in pinned.items()}
    assert Version(versions[name]) >= Version(FLOORS[name])
