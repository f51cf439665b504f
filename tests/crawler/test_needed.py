"""Row 11 of issue 12: a library that is missing is named with the cure, by every command, `doctor` too."""

import subprocess
import sys

import pytest

from crawler.needed import NEEDED
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
    ("name", "module", "main"), [("brotli", "crawler.console", "main"), ("rapidfuzz", "scrapy.cmdline", "execute")]
)
def test_a_missing_library_is_one_line(name: str, module: str, main: str) -> None:
    program = [sys.executable, "-c", PROGRAM.format(name=name, module=module, main=main)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"{name} cannot be imported" in line
    assert f"pip install {NEEDED[name]}" in line
