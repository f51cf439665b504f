"""A proof, checked by the few lines that the documentation shows, which know nothing of us."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

from storage import Archive
from tests.storage.upkeep.filled import fill
from views.upkeep import proof_file

PAGE = (Path(__file__).parents[2] / "docs" / "upkeep.md").read_text("utf-8")


def test_anybody_can_check_a_proof(sqlite_url: str, tmp_path: Path) -> None:
    fill(sqlite_url, 7)
    with Archive(sqlite_url, read_only=True) as archive:
        proof, story = archive.proof(3), archive.story(3)
    file = tmp_path / "proof.json"
    file.write_text(proof_file(proof), "utf-8")
    (program,) = re.findall(r"```python\n(import hashlib.*?)```", PAGE, re.DOTALL)
    assert len(program.strip().splitlines()) <= 12
    checker = tmp_path / "check.py"
    checker.write_text(program, "utf-8")

    def said() -> str:
        asked = [sys.executable, "-W", "ignore", "-I", str(checker), str(file)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        return done.stdout.strip() or done.stderr.splitlines()[-1]

    assert said() == "proved"
    record = json.loads(proof.record)
    assert story is not None
    assert record["title"] == story.story.title
    assert record["text_sha256"] == hashlib.sha256(story.story.text.encode()).hexdigest()
    other = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(other | {"record": other["record"].replace("之3", "之4")}), "utf-8")
    assert "not what was sealed" in said()
    file.write_text(json.dumps(other | {"path": other["path"][:-1]}), "utf-8")
    assert said() == "NOT proved"
