"""Floors on real texts: they lie beside the checkout and are no part of the project."""

import gzip
import json
from pathlib import Path

import pytest

from wangqi.copies.compare import compare
from wangqi.copies.tampering import alarm, findings

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (DATA / "dup").exists(), reason="../shared/data, the measuring data, is not there"),
]


def lines(path):
    with gzip.open(DATA / path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def read(path):
    return (DATA / path).read_text(encoding="utf-8")


def test_the_seed_beside_its_reconstruction():
    comparison = compare(read("seed/reconstruction.txt"), read("seed/page.txt"))
    assert comparison.verdict == "altered"
    assert comparison.number_conflicts == ()
    assert comparison.swap_count >= 150
    assert "乐发500" in dict(comparison.injected)


def test_the_seed_alone():
    found = findings(read("seed/page.txt"))
    assert alarm(found) == "strong signs"
    assert len({finding.detector for finding in found if finding.score >= 0.5}) >= 3
    assert alarm(findings(read("seed/reconstruction.txt"))) == "no sign found"


def test_tampered_pages_and_a_clean_twin():
    words = {path.stem: alarm(findings(path.read_text(encoding="utf-8"))) for path in (DATA / "texts").glob("*.txt")}
    assert {name for name, word in words.items() if word == "no sign found"} == {"orig_wawtxt_novel"}


def test_genuine_stories_raise_no_alarm():
    stories = lines("texts/genuine.jsonl.gz")
    raised = [row["id"] for row in stories if findings("\n".join(row["paras"]), title=row["title"])]
    alarms = [row["id"] for row in stories if alarm(findings("\n".join(row["paras"]))) != "no sign found"]
    assert len(alarms) <= len(stories) / 2000
    assert len(raised) <= len(stories) / 100


def test_labelled_pairs():
    records = {row["id"]: row["text"] for row in lines("dup/records.jsonl.gz")}
    wrong = [
        pair
        for pair in lines("dup/pairs.jsonl.gz")
        if (compare(records[pair["a"]], records[pair["b"]]).verdict in {"same", "altered"})
        != (pair["label"] in {"dup", "capture", "cross_outlet"})
    ]
    assert wrong == []
