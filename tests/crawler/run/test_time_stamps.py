"""Time stamps of an authority on loopback, which OpenSSL plays; and of one that does not play."""

import importlib.util
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.run import time_stamps
from crawler.run.time_stamps import NoTimeStampError, stamp, time_stamp
from storage import Archive
from tests.storage.upkeep.filled import fill

CONFIGURATION = """
[req]
distinguished_name = name
[name]
[stamps]
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = ours
[ours]
serial = serial
crypto_device = builtin
signer_cert = authority.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""

pytestmark = [
    pytest.mark.skipif(
        not importlib.util.find_spec("rfc3161_client"), reason="the extra `timestamps` is not installed"
    ),
    pytest.mark.skipif(not shutil.which("openssl"), reason="the authority is played by openssl, which is not here"),
]


class Authority:
    """Signs what it is asked, unless `answer` says otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answer: Callable[[bytes], tuple[int, bytes]] = self.sign
        (folder / "ts.cnf").write_text(CONFIGURATION)
        (folder / "serial").write_text("01")
        self.openssl(
            "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out authority.pem -days 2 -config ts.cnf"
            " -extensions stamps -subj /CN=authority.example"
        )

    def openssl(self, arguments: str) -> str:
        done = subprocess.run(
            ["openssl", *arguments.split()], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def sign(self, question: bytes) -> tuple[int, bytes]:
        (self.folder / "question.tsq").write_bytes(question)
        self.openssl("ts -reply -config ts.cnf -section ours -queryfile question.tsq -out answer.tsr")
        return 200, (self.folder / "answer.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def address(authority: Authority) -> Iterator[str]:
    authority.answer = authority.sign

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, body = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/tsr"
        server.shutdown()


def test_a_manifest_is_signed_and_openssl_agrees(sqlite_url: str, address: str, authority: Authority) -> None:
    fill(sqlite_url, 3)
    with Archive(sqlite_url) as archive:
        assert stamp(archive, address) == [f"The manifest of run 1 bears the time stamp of {address}."]
        assert stamp(archive, address) == []
        proof = archive.proof(2)
    assert proof.time_stamp
    (authority.folder / "root.bin").write_bytes(proof.root)
    (authority.folder / "kept.tsr").write_bytes(proof.time_stamp)
    assert "Verification: OK" in authority.openssl("ts -verify -data root.bin -in kept.tsr -CAfile authority.pem")


def test_an_authority_that_does_not_answer_is_asked_again_by_the_next_run(
    sqlite_url: str, address: str, authority: Authority
) -> None:
    fill(sqlite_url, 2)
    with Archive(sqlite_url) as archive:
        authority.answer = lambda _: (503, b"")
        (told,) = stamp(archive, address)
        assert "bears no time stamp yet" in told
        assert "Service Unavailable" in told
        authority.answer = authority.sign
        assert len(stamp(archive, address)) == 1
        assert archive.unstamped() == []


def test_what_is_no_time_stamp_of_this_root_is_not_kept(address: str, authority: Authority) -> None:
    _, other = authority.sign(question_for(b"another root"))
    for answer, said in {b"": "no time stamp", b"<html>": "no time stamp", other: "another question"}.items():
        authority.answer = lambda _, answer=answer: (200, answer)
        with pytest.raises(NoTimeStampError, match=said):
            time_stamp(bytes(32), address)
    with pytest.raises(NoTimeStampError, match="does not answer"):
        time_stamp(bytes(32), "http://127.0.0.1:9/")


def test_an_authority_that_says_nothing_holds_nobody_up(
    address: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence = threading.Event()
    authority.answer = lambda _: (200 if silence.wait(20) else 500, b"")
    monkeypatch.setattr(time_stamps, "_SECONDS", 0.2)
    with pytest.raises(NoTimeStampError, match=r"did not answer within|timed out"):
        time_stamp(bytes(32), address)
    silence.set()


def question_for(root: bytes) -> bytes:
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 - skipped without it

    return TimestampRequestBuilder().data(root).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()
