"""The program `wangqi`, as a process in a folder that is no checkout."""

import os
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import scrapy

from crawler.console import commands
from tests.crawling import ROOT, run
from wangqi import exit_codes


def wangqi(folder: Path, *arguments: str, is_warm: bool = True) -> subprocess.CompletedProcess[str]:
    """`is_warm` of False is for who asks where the modules come from."""
    asked = [sys.executable, "-m", "crawler", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if is_warm:
        return run(asked, env, folder=folder)
    return subprocess.run(asked, cwd=folder, env=env, capture_output=True, text=True, timeout=100, check=False)


def test_it_has_our_commands_and_scrapys_but_none_for_projects_of_spiders() -> None:
    assert {"crawl", "series", "why", "shell", "fetch"} <= {*commands()}
    assert not {"genspider", "startproject", "edit"} & {*commands()}


def test_versions(tmp_path: Path) -> None:
    done = wangqi(tmp_path, "--version")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["wangqi", "Python", "Scrapy", "SQLite"]
    assert f"Scrapy {scrapy.__version__}" in done.stdout
    assert not done.returncode


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serach", "洪水"], "There is no command 'serach'. Did you mean 'search'?"),
        (
            ["crawl", "serie", "-L", "WARNING"],
            "The catalogue 'series.toml' has no series 'serie'; did you mean 'series'?",
        ),
        (["crawl", "-L", "WARNING"], "Name one series, as in: wangqi crawl series -a url=https://…"),
    ],
)
def test_what_was_mistyped(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = wangqi(tmp_path, *arguments)
    assert done.stderr.splitlines() == [told]
    assert done.returncode == exit_codes.USAGE


def test_messages_name_the_commands_by_the_name_that_was_typed(tmp_path: Path) -> None:
    help_of_stories = " ".join(wangqi(tmp_path, "stories", "-h").stdout.split())
    assert "wangqi stories [--query QUERY]" in help_of_stories
    assert "`wangqi show ID`" in help_of_stories


def test_our_settings_hold_in_a_project_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = other.settings\n", "utf-8")
    (tmp_path / "crawler").mkdir()
    (tmp_path / "crawler" / "__init__.py").touch()
    done = wangqi(tmp_path, "settings", "--get", "BOT_NAME", is_warm=False)
    assert done.stdout.strip() == "wangqi"


def test_a_wheel_takes_every_file_that_is_no_module() -> None:
    packing = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    patterns = packing["package-data"]
    for room in (pattern.removesuffix("*") for pattern in packing["packages"]["find"]["include"]):
        for file in (ROOT / room).rglob("*"):
            if file.is_dir() or file.suffix in {".py", ".pyc", ".md"}:
                continue
            package = next(folder for folder in file.parents if (folder / "__init__.py").exists())
            name = file.relative_to(package).as_posix()
            known = [*patterns["*"], *patterns.get(package.relative_to(ROOT).as_posix().replace("/", "."), [])]
            assert any(
                name.startswith(one.removesuffix("**")) if one.endswith("**") else fnmatch(name, one) for one in known
            )


def test_bash_completes_commands_options_and_series(tmp_path: Path) -> None:
    script, program = wangqi(tmp_path, "completion", "bash"), tmp_path / "wangqi"
    assert script.returncode == 0, script.stderr
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m crawler "$@"\n')
    program.chmod(0o755)
    (tmp_path / "series.toml").write_text('["巡河手记"]\nstart = "https://example.org/1.html"\n', "utf-8")
    asked = [
        ["wangqi", "sea"],
        ["wangqi", "series", "--ren"],
        ["wangqi", "crawl", ""],
        ["wangqi", "stories", "--sort", "pu"],
    ]
    lines = [
        f"COMP_WORDS=({' '.join(map(repr, words))}); COMP_CWORD={len(words) - 1}; "
        f'_shtab_wangqi wangqi {words[-1]!r} {words[-2]!r}; echo "${{COMPREPLY[*]}}"'
        for words in asked
    ]
    done = subprocess.run(
        ["bash", "-c", "\n".join([script.stdout, *lines])],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines() == ["search", "--rename", "巡河手记", "published"]


def test_zsh_has_a_script_of_its_own(tmp_path: Path) -> None:
    assert wangqi(tmp_path, "completion", "zsh").stdout.startswith("#compdef wangqi\n")
