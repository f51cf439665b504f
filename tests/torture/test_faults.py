"""A fault at each step that lasts or leaves the process, as an error and as death: nothing is lost, nothing torn."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import faults
from storage.faults import STEPS
from tests.crawler.site import Site, serving
from tests.crawling import command as scrapy_command
from tests.crawling import environment, run
from tests.torture.large_site import check_archive, command, environment_for, serve_series

KILLED = -9
OF_A_FILE = ("fsync", "rename", "renamed")
OF_A_CRAWL = tuple(step for step in STEPS if step not in OF_A_FILE)
ONCE = {"fork", "judge"}  # passed once or twice in a small crawl
# What a page costs when the reader or the judge cannot be reached: nothing.
IS_MENDED = {"write", "fork", "send", "judge"}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture(autouse=True)
def unarmed() -> Iterator[None]:
    yield
    faults.armed.cache_clear()


def crawled(start: str, folder: Path, fault: str = "") -> subprocess.CompletedProcess[str]:
    env = environment(folder / "archive.db") | environment_for(folder) | {"FAULT": fault}
    return run(command(start, folder), env)


def exported(folder: Path, fault: str = "") -> subprocess.CompletedProcess[str]:
    arguments = scrapy_command("export", "--force", str(folder / "stories.jsonl"))
    return run(arguments, environment(folder / "archive.db") | {"FAULT": fault})


def walk(site: Site, folder: Path, fault: str, length: int) -> int | None:
    """Crawls with the fault and then without; answers with the exit code of the first, None where it met no fault."""
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder / 'archive.db'}"
    start = serve_series(site, length)
    ended = crawled(start, folder, fault)
    if (folder / "archive.db").exists() and ended.returncode:
        check_archive(url, folder, site, length, is_complete=False)
    assert ended.returncode == KILLED or ended.stderr.count("Traceback") <= length, ended.stderr  # one a page
    again = crawled(start, folder)
    assert again.returncode == 0, f"{fault}: {again.stdout}{again.stderr}"
    check_archive(url, folder, site, length)
    is_met = ended.returncode == KILLED or "A fault on purpose" in ended.stderr
    return ended.returncode if is_met else None


def test_each_step_of_a_crawl_is_passed_and_may_be_the_last(site: Site, tmp_path: Path) -> None:
    """One archive, killed at each step in turn: each run goes on from where the one before it died."""
    start = serve_series(site, 16)
    for step in OF_A_CRAWL:
        passing = 1 if step in ONCE else 3
        assert crawled(start, tmp_path, f"{step}:{passing}:kill").returncode == KILLED, f"{step} is not passed"
    ended = crawled(start, tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    check_archive(f"sqlite:///{tmp_path / 'archive.db'}", tmp_path, site, 16)


@pytest.mark.parametrize(
    "step", [step if step == "commit" else pytest.param(step, marks=pytest.mark.torture) for step in OF_A_CRAWL]
)
def test_a_step_that_fails_costs_no_page(site: Site, tmp_path: Path, step: str) -> None:
    passing = 1 if step in ONCE else 6
    code = walk(site, tmp_path, f"{step}:{passing}", 6)
    assert code is not None, f"{step} is not passed"
    assert (code == 0) == (step in IS_MENDED), "what was not stored is not passed over"


@pytest.mark.parametrize("kind", ["", ":kill"])
def test_an_export_is_whole_or_not_there(site: Site, tmp_path: Path, kind: str) -> None:
    crawled(serve_series(site, 1), tmp_path)
    assert exported(tmp_path).returncode == 0
    file = tmp_path / "stories.jsonl"
    before = file.read_text("utf-8")
    for step in OF_A_FILE:
        code = exported(tmp_path, f"{step}:1{kind}").returncode
        assert code == (KILLED if kind else 1), step
        assert file.read_text("utf-8") == before
        json.loads(before)
    left = {path.name for path in tmp_path.iterdir() if path.name.startswith(".stories")}
    assert not left, "what a dead process could not take away the next export sweeps up"


def test_a_fault_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for given in ("fsink:1", "commit", "commit:x", "commit:1:stop"):
        monkeypatch.setenv("FAULT", given)
        faults.armed.cache_clear()
        with pytest.raises(ValueError, match="is no fault: write STEP:N"):
            faults.passing("commit")


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", ["", ":kill"])
@pytest.mark.parametrize("step", OF_A_CRAWL)
def test_a_fault_at_every_passing_of_every_step(site: Site, tmp_path: Path, step: str, kind: str) -> None:
    number = 1
    while walk(site, tmp_path / f"{number}", f"{step}:{number}{kind}", 8) is not None:
        number += 1
    print(f"{step}{kind}: {number - 1} passings")
    assert number > 1
