"""What the pages for users say exists: commands, options, make targets, exit codes, the Python example."""

import argparse
import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_dict
from scrapy.commands import ScrapyCommand
from scrapy.utils.project import get_project_settings

from storage import Archive
from tests.storage.stories import begun, record
from wangqi import exit_codes

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"]


def lines() -> Iterator[tuple[str, str]]:
    """Every command line in a console block, and in running text, with the page that it stands on."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for block in re.findall(r"^```(?:console|sh|shell)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            for line in re.findall(r"^\$ (.+)", block, re.MULTILINE):
                yield page.name, line
        plain = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
        for line in re.findall(r"`((?:scrapy|make) [^`]+)`", plain):
            yield page.name, line


LINES = sorted(set(lines()))
SCRAPY = [(page, line) for page, line in LINES if line.startswith("scrapy ")]


@pytest.fixture(scope="module")
def commands() -> dict[str, ScrapyCommand]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
        settings = get_project_settings()
        found = _get_commands_dict(settings, inproject=True)
        for command in found.values():
            command.settings = settings
        return found


def test_there_is_something_to_check() -> None:
    assert len(SCRAPY) > 12


@pytest.mark.parametrize(("page", "line"), SCRAPY, ids=[" ".join(pair) for pair in SCRAPY])
def test_a_command_and_its_options_exist(page: str, line: str, commands: dict[str, ScrapyCommand]) -> None:
    _, name, *words = shlex.split(line, comments=True)
    assert name in commands, f"{page} names a command that does not exist"
    assert type(commands[name]).__module__.startswith("crawler."), f"{name} is Scrapy's own"
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    commands[name].add_options(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    for word in takewhile(lambda word: word != "--", words):
        if re.match("--?[a-z]", word):
            assert word.partition("=")[0] in known, f"{page}: scrapy {name} has no option {word}"


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {line.split()[1] for _, line in LINES if line.startswith("make ")}
    assert {"demo", "test"} <= asked <= targets


def test_the_exit_codes_are_all_of_them() -> None:
    table = README.partition("## Exit codes")[2].partition("\n## ")[0]
    told = {int(code) for cells in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for code in cells.split(",")}
    assert told == {value for name, value in vars(exit_codes).items() if name.isupper() and isinstance(value, int)}


def test_the_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    series = re.search(r'archive\.missing\("(.+?)"\)', example)
    with Archive("sqlite:///archive.db") as archive:
        begun_series, run = begun(archive, series[1])
        archive.record(record(begun_series, run, 3, text="洪水退了以后，渡口的石阶少了两级。" * 3)).result()
    exec(compile(example, "README.md", "exec"), {})
    hit, *missing = capsys.readouterr().out.splitlines()
    assert (hit.split(" ", 1)[0], "洪水" in hit) == ("河上旧事之3", True)
    assert {line.split(" ", 1)[0] for line in missing} == {"河上旧事之1", "河上旧事之2"}


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links {target}"
