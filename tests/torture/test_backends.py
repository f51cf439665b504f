"""Row 39: PostgreSQL ends every session of the archive every two seconds, and a crawl loses and doubles nothing."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.crawler.site import serving
from tests.torture.large_site import begun, check_archive, refetched, serve_series

LENGTH = 600
EVERY = 2.0  # seconds
RUNS = 20  # one is enough where a transaction takes less than that; who cannot write at all ends with 1, and says so
OTHERS = "datname = current_database() AND pid <> pg_backend_pid()"
ALL = text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OTHERS}")


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_sessions_that_end_all_the_time(postgresql_url: str, tmp_path: Path) -> None:
    over, ended = threading.Event(), list[int]()
    killer = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")

    def kill() -> None:
        while not over.wait(EVERY):
            with killer.connect() as connection:
                ended.append(len(connection.execute(ALL).all()))

    codes = list[int]()
    thread = threading.Thread(target=kill)
    with serving() as site:
        start = serve_series(site, LENGTH)
        thread.start()
        try:
            while 0 not in codes and len(codes) < RUNS:
                codes.append(begun(postgresql_url, tmp_path, start).wait())
                check_archive(postgresql_url, tmp_path, site, LENGTH, is_complete=False)
        finally:
            over.set()
            thread.join()
            killer.dispose()
        told = f"{len(ended)} times, {sum(ended)} sessions, asked for again: {refetched(site.hits, 0)}, codes {codes}"
        print(told)
        check_archive(postgresql_url, tmp_path, site, LENGTH)
        assert set(codes) <= {0, 1}, told
        assert "Traceback" not in (tmp_path / "told").read_text("utf-8")
    assert sum(ended) > 10
