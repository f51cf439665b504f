"""The table of strangers counts what it says it counts."""

import json
from pathlib import Path

import pytest

from benchmarks import stranger_pages, strangers, whole_series
from benchmarks.figures import Figure
from benchmarks.stranger_pages import Page
from benchmarks.whole_series import Outcome, judge, manifests

HOST = "www.ferry.example"


def manifest(folder: Path) -> whole_series.Manifest:
    said = {
        "start": f"https://{HOST}/3",
        "parts": [
            {"url": f"https://{HOST}/{n}", "title": f"渡口人家：第{n}封长长的信", "number": n, "reachable": n < 5}
            for n in range(1, 6)
        ],
        "also_ok": [{"url": f"https://{HOST}/contents/"}],
        "unlinked": ["渡口人家：没有地址的那一封"],
        "removed": [{"title": "渡口人家：撤下的那一封", "url": f"https://{HOST}/9"}],
        "strangers": [{"title": "山里的事", "url": f"https://{HOST}/hill"}],
    }
    (folder / "ferry.json").write_text(json.dumps(said), "utf-8")
    (found,) = manifests(folder)
    return found


def outcome(*stories: str, lines: list[dict[str, object]] | None = None, exit_code: int = 0) -> Outcome:
    held = tuple(frozenset({f"{HOST}/{each}"}) for each in stories)
    return Outcome(stories=held, ledger=lines or [], requests=10, exit_code=exit_code)


def test_counts_what_is_held_and_what_is_foreign(tmp_path):
    verdict = judge(manifest(tmp_path), outcome("1", "2", "3", "contents", "hill"))
    assert (verdict.held, verdict.reachable, verdict.lost) == (3, 4, ["渡口人家：第4封长长的信"])
    assert verdict.strangers == [f"{HOST}/hill"]


def test_is_silent_about_what_is_neither_held_nor_listed_under_exit_0(tmp_path):
    lines: list[dict[str, object]] = [
        {"state": "title only", "title": "没有地址的那一封", "url": None},
        {"state": "failed", "title": "撤下的…", "url": f"https://{HOST}/9"},
        {"state": "never found", "title": None, "ordinal": 5},
    ]
    verdict = judge(manifest(tmp_path), outcome("1", "2", "3", "4", lines=lines))
    assert not verdict.silent
    assert not verdict.listed_though_none
    assert verdict.is_told_complete
    assert judge(manifest(tmp_path), outcome("1", "2", "3", lines=lines)).silent == ["渡口人家：第4封长长的信"]
    assert not judge(manifest(tmp_path), outcome("1", exit_code=20)).silent


def test_tells_a_held_story_that_is_listed_from_a_line_that_is_no_story(tmp_path):
    lines: list[dict[str, object]] = [
        {"state": "title only", "title": "第1封长长的…", "url": None},
        {"state": "title only", "title": "[10-25]", "url": None},
        {"state": "failed", "title": "山里的事", "url": f"https://{HOST}/hill"},
    ]
    verdict = judge(manifest(tmp_path), outcome("1", lines=lines))
    assert len(verdict.held_but_listed) == 1
    assert len(verdict.listed_though_none) == 2


def test_two_parts_in_one_story_are_one(tmp_path):
    both = frozenset({f"{HOST}/1", f"{HOST}/2"})
    verdict = judge(manifest(tmp_path), Outcome(stories=(both,), ledger=[], requests=2, exit_code=20))
    assert verdict.held == 1


def page(wanted: dict[str, set[str]], found: dict[str, set[str]], template: str = "one") -> Page:
    kinds = ("series", "prev", "next")
    return Page(template, *({kind: links.get(kind, set()) for kind in kinds} for links in (wanted, found)))


def test_neighbours_that_are_found_are_counted_apart_from_those_that_are_none():
    pages = [
        page({"series": {"a", "b"}, "prev": {"a"}}, {"series": {"a"}, "prev": {"a"}}),
        page({"series": {"c"}, "prev": {"c"}}, {"series": {"c", "d"}, "prev": {"d"}}, "two"),
        page({}, {"series": {"e"}}),
        page({}, {}),
    ]
    figures = {each.name: each for each in stranger_pages.figures(pages)}
    assert figures["series P a template"].value == pytest.approx(0.75)
    assert figures["series R a template"].value == pytest.approx(0.75)
    assert figures["pages without a series where one was found"].text == "1 of 2 = 0.500"
    assert (figures["prev found"].value, figures["prev found"].of) == (1, 2)
    assert (figures["prev ok"].value, figures["prev ok"].of) == (3, 4)
    assert figures["prev wrong"].value == 1


def test_a_part_without_its_pages_is_skipped_with_the_reason(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(strangers, "SHARED", tmp_path / "away")
    assert strangers.main(["nav2", "cases"]) == 0
    assert capsys.readouterr().out.count("skipped: ") == 2


def test_json_holds_the_figures(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(strangers.PARTS, "nav", lambda _: ([Figure("found", 3, 4)], []))
    assert strangers.main(["nav", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["nav"]["figures"][0]["of"] == 4
