"""Pictures and attachments in the archive: which are wanted, what became of each, and what of their words is found."""

import io
import zipfile
from typing import Any

import pytest

from storage import Archive
from storage.exports.chosen import Selection
from storage.exports.formats import FORMATS, write
from storage.rows import FileSaid
from storage.upkeep.verify import verify
from tests.storage.stories import address, begun, capture, record, story_text, words
from wangqi.details import Details
from wangqi.readings.files import files_of
from wangqi.visit import Visit

PICTURE, RULES = "https://cdn.example/ferry.jpg", "https://river.example/rules.pdf"
JPEG, PDF = b"\xff\xd8\xff\xe0 a ferry", b"%PDF-1.4 rules"
SHOWN: Details = {
    "blocks": [
        {"kind": "image", "text": "渡口", "url": PICTURE, "credit": None, "level": 0},
        {"kind": "caption", "text": "清晨的渡口。高宁摄", "url": None, "credit": "高宁", "level": 0},
    ],
    "attachments": [{"kind": "document", "text": "章程", "url": RULES, "credit": None, "level": 0}],
}


def shown(series: int, run: int | None, number: int, **given: Any) -> Visit:
    story = story_text(number, given.pop("text", None), details=SHOWN, files=files_of(SHOWN))
    return record(series, run, number, story=story, **given)


def said(text: str) -> FileSaid:
    return FileSaid("pdf", text, "", "files 1")


def found(archive: Archive, question: str) -> list[tuple[int, str | None]]:
    return [(hit.story.id, hit.file) for hit in archive.search(question)]


def test_a_file_is_wanted_once_and_shown_wherever_it_stands(archive: Archive) -> None:
    series, run = begun(archive)
    first = archive.record(shown(series, run, 1)).result()
    second = archive.record(shown(series, run, 2)).result()
    picture, rules = archive.wanted_files(series, ("image", "document"))
    assert [(one.kind, one.url) for one in (picture, rules)] == [("image", PICTURE), ("document", RULES)]
    assert archive.wanted_files(series, ("document",)) == [rules]
    archive.keep_file(picture.id, run, capture(PICTURE, JPEG))
    archive.refuse_file(rules.id, run, "failed", "the server answered 503", capture(RULES, None, status=503))
    for one in (first, second):
        files = archive.files([one.revision_id or 0])
        assert [(file.caption, file.credit, file.media_type, file.lacks) for file in files] == [
            ("清晨的渡口。高宁摄", "高宁", "image/jpeg", ""),
            ("章程", None, None, "the server answered 503"),
        ]
        assert archive.payload(files[0].sha256 or "") == JPEG
    assert [one.url for one in archive.lacking_files(series, run)] == [RULES]
    assert archive.wanted_files(series, ("image", "document")) == [rules], "it may come yet"
    archive.refuse_file(rules.id, run, "gone", "the server answered 404", capture(RULES, None, status=404))
    assert archive.wanted_files(series, ("document",)) == []
    assert archive.wanted_files(series, ("document",), all_of_them=True) == [rules]
    third = archive.record(shown(series, run, 3)).result()
    assert [file.lacks for file in archive.files([third.revision_id or 0])] == ["", "the server answered 404"]


def test_a_file_whose_words_cannot_be_read_is_told(archive: Archive) -> None:
    series, run = begun(archive)
    story = archive.record(shown(series, run, 1)).result()
    _, rules = archive.wanted_files(series, ("image", "document"))
    archive.keep_file(rules.id, run, capture(RULES, PDF), FileSaid("pdf", "", "it is locked", "files 1"))
    assert [(one.url, one.outcome, one.reason) for one in archive.lacking_files(series, run)] == [
        (RULES, "kept", "it is locked")
    ]
    (row,) = (one for one in archive.files([story.revision_id or 0], with_texts=True) if one.kind == "document")
    assert (row.lacks, row.text, row.unread) == ("", None, "it is locked")


@pytest.mark.parametrize("form", ["jsonl", "csv", "csl-json", "html", "epub", "markdown", "atom", "archive"])
def test_words_in_pictures_are_handed_over_as_what_a_program_has_seen(archive: Archive, form: str) -> None:
    series, run = begun(archive)
    archive.record(shown(series, run, 1)).result()
    picture, rules = archive.wanted_files(series, ("image", "document"))
    archive.keep_file(picture.id, run, capture(PICTURE, JPEG), FileSaid("ocr", "六时开航\n雾天停航", "", "eye 1"))
    archive.keep_file(rules.id, run, capture(RULES, PDF), said("日落以后停渡"))
    out = io.BytesIO()
    write(FORMATS[form], archive, Selection(), out)
    text = out.getvalue().decode(errors="replace")
    if zipfile.is_zipfile(out):
        with zipfile.ZipFile(out) as packed:
            text = "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    assert "雾天停航" in text
    assert ("read by a program, maybe wrongly" in text) == (form in {"html", "epub", "markdown", "atom"})
    assert ("日落以后停渡" in text) == (form == "archive"), "an attachment may be long"


def test_the_index_follows_what_files_say(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        one = archive.record(shown(series, run, 1)).result().story_id
        two = archive.record(shown(series, run, 2)).result().story_id
        _, rules = archive.wanted_files(series, ("image", "document"))
        assert found(archive, "日落以后") == []
        archive.keep_file(rules.id, run, capture(RULES, PDF), said("日落以后停渡"))
        assert sorted(found(archive, "日落以后")) == [(one, "章程"), (two, "章程")]
        (hit, *_) = archive.search("日落以后", limit=1)
        assert hit.snippet == "日落以后停渡"
        assert found(archive, "日落以后 之1") == [(one, "章程")], "a word of the title beside one of a file"
        digest = bytes.fromhex(archive.files([hit.revision_id])[1].sha256 or "")
        archive.keep_said(digest, said("半夜停渡"))
        assert found(archive, "日落以后") == []
        text = f"{words(1)}\n又过了一年，渡口还在"
        archive.record(shown(series, run, 1, text=text, capture=capture(address(1), text))).result()
        assert sorted(found(archive, "半夜停渡")) == [(one, "章程"), (two, "章程")]
        archive.end_run(run, reason="finished", counts={})
    assert [one for one in verify(sqlite_url) if one.check in {"search", "references"}] == []


def test_a_picture_that_is_none_is_not_kept() -> None:
    assert files_of({"blocks": [{"kind": "image", "text": "", "url": "javascript:x"}]}) == ()


@pytest.mark.parametrize("count", [1, 700])
def test_of_a_story_with_many_files_none_is_left_out(count: int) -> None:
    blocks = [{"kind": "image", "text": "", "url": f"https://cdn.example/{at}.jpg"} for at in range(count)]
    assert len(files_of({"blocks": blocks})) == count
