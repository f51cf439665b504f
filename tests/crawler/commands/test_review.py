"""`scrapy copies`, `diff`, `review`, `hosts` and `regroup`, as a person uses them one after the other."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import Archive
from tests.crawling import command, scrapy
from tests.pipelines.recorded import keep
from tests.wangqi.copies.stories import NEXT_NOTICE, NOTICE, SPUN, STORY

Ask = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Archive(f"sqlite:///{path}") as archive:
        keep(archive, "https://spun.example/1", SPUN)
        keep(archive, "https://news.example/1", STORY)
        keep(archive, "https://news.example/n1", NOTICE, title="第二次评比")
        keep(archive, "https://news.example/n2", NEXT_NOTICE, title="第三次评比")
    return path


@pytest.fixture
def ask(file: Path) -> Ask:
    def asked(*words: str, code: int = 0) -> str:
        ended = scrapy(file, command(*words))
        assert ended.returncode == code, ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stdout if code == 0 else ended.stderr

    return asked


def test_copies_tell_which_one_stands_for_the_story_and_why(ask: Ask) -> None:
    told = ask("copies", "1")
    assert "https://news.example/1 stands for it" in told
    assert "strong sign, punctuation_inflation" in told
    assert "another copy: https://news.example/1 stands for it now" in told
    story = json.loads(ask("copies", "1", "--json"))
    assert [(copy["host"], copy["is_canonical"]) for copy in story["copies"]] == [
        ("news.example", True),
        ("spun.example", False),
    ]
    assert "no story 99" in ask("copies", "99", code=1)


def test_diff_shows_the_words_and_writes_a_page(ask: Ask, tmp_path: Path) -> None:
    told = ask("diff", "1", "https://spun.example/1#top", "--html", str(tmp_path / "diff.html"))
    assert "The second is to the first: altered" in told
    assert "Put in: 金彩888" in told
    assert "<mark>孝顺</mark>" in (tmp_path / "diff.html").read_text(encoding="utf-8")
    found = json.loads(ask("diff", "r1", "r2", "--json"))
    assert (found["verdict"], found["number_conflicts"]) == ("altered", [])
    assert "holds no text 'r99'" in ask("diff", "r1", "r99", code=1)


def test_a_review_is_kept_with_its_name(ask: Ask) -> None:
    assert "was taken out of 1" in ask("review", "not_same", "1", "https://spun.example/1", "--by", "林")
    assert "said 林" in ask("copies", "1")
    assert "merged into story 1" in ask("review", "same", "1", "https://spun.example/1", "--by", "赵")
    assert "has no meaning here" in ask("review", "maybe", "1", "2", code=2)
    assert "--by NAME" in ask("review", "same", "2", "3", "--by", "auto", code=2)


def test_words_are_proposed_and_reviewed(ask: Ask) -> None:
    pairs = [json.loads(line) for line in ask("review", "words", "--json").splitlines()]
    assert {(pair["status"], pair["copies"]) for pair in pairs} == {("proposed", 1)}
    spun, original = pairs[0]["spun"], pairs[0]["original"]
    assert "counts" in ask("review", "words", "counts", spun, original, "--by", "林")
    assert "No copy has" in ask("review", "words", "rejected", "甲乙", "丙丁", "--by", "林", code=1)


def test_an_edit_of_a_site_says_which_stored_copies_are_out_of_date(ask: Ask) -> None:
    told = ask("hosts", "news.example", "hijacked", "--by", "林")
    assert "3 stored copies of 3 stories still stand as before" in told
    assert "news.example/1 stands for it" in ask("copies", "1")
    told = ask("hosts", "news.example", "hijacked", "--apply", "--by", "林")
    assert "3 stored copies of 3 stories: judged by it now" in told
    copies = ask("copies", "1")
    assert "do not take this text for genuine" in copies
    assert "fit to stand for it any more" in copies or "another copy" in copies
    assert ask("regroup") == ""
    told = ask("hosts", "news.example", "--forget", "--apply", "--by", "林")
    assert "3 stored copies of 3 stories: judged by it now" in told
    assert "news.example/1 stands for it" in ask("copies", "1")
    assert "No stored copy stands otherwise by it." in ask("hosts", "nobody.example", "suspect", "--by", "林")


def test_a_site_is_judged_and_the_archive_regrouped(ask: Ask) -> None:
    ask("hosts", "https://News.example/1", "hijacked", "--icp", "闽ICP备20240001号", "--by", "林", "--note", "博彩链接")
    (row,) = [json.loads(line) for line in ask("hosts", "--json").splitlines()]
    assert (row["host"], row["trust"], row["evidence"][0]["note"]) == ("news.example", "hijacked", "博彩链接")
    assert "has no meaning here" in ask("hosts", "news.example", "nice", code=2)
    assert "nothing is changed without --apply" in ask("regroup")
    assert "changes made" in ask("regroup", "--apply")
    assert ask("regroup") == ""
    assert "forgotten" in ask("hosts", "news.example", "--forget", "--by", "林")
