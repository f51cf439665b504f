"""Row 11 of issue 12: a library that is missing is named with the cure, by every command, `doctor` too."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from crawler.needed import NEEDED, require
from tests.crawling import ROOT

PROGRAM = """
import sys
sys.modules[{name!r}] = None
sys.argv = ["wangqi", "doctor"]
from {module} import {main} as main
main()
"""


# Scrapy itself does not begin without brotli.
@pytest.mark.parametrize(
    ("name", "module", "main"),
    [
        ("brotli", "crawler.console", "main"),
        ("lxml.html", "crawler.console", "main"),
        ("rapidfuzz", "scrapy.cmdline", "execute"),
    ],
)
def test_a_missing_library_is_one_line(name: str, module: str, main: str) -> None:
    program = [sys.executable, "-c", PROGRAM.format(name=name, module=module, main=main)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"{name} cannot be imported" in line
    assert f"pip install {NEEDED[name]}" in line


@pytest.mark.parametrize("name", NEEDED)
def test_each_is_named_with_its_cure(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit, match=rf"^{name} cannot be imported .*`pip install {NEEDED[name]}`\.$"):
        require()


def test_what_is_needed_is_what_the_project_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    installed = {re.split(r"[<>=;\[ ]", one, maxsplit=1)[0] for one in project["dependencies"]}
    assert set(NEEDED.values()) == installed


def test_one_that_is_broken_is_named_by_who_loads_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tldextract.py").write_text("raise OSError('no such object file')", "utf-8")
    monkeypatch.delitem(sys.modules, "tldextract", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    require()
    with pytest.raises(SystemExit, match=r"^tldextract cannot be imported \(no such object file\)"):
        require(load_all=True)
