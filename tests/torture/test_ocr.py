"""A long picture whose words are read: found by them, and marked as what a program has seen. Needs the extra `ocr`."""

import io
from pathlib import Path
from typing import Any

import pytest

from storage import Archive
from storage.upkeep.verify import verify
from tests.crawling import command, scrapy
from tests.storage.stories import begun, capture, record, story_text
from wangqi.readings.files import files_of

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")

from PIL import Image, ImageDraw, ImageFont

pytestmark = pytest.mark.torture
URL = "https://river.example/long.png"
LINES = ["THE FERRY KEEPS ITS OLD HOURS", *(f"GUEST NUMBER {number} CROSSED" for number in range(100, 124)), "LANDING"]


def long_picture() -> bytes:
    picture = Image.new("RGB", (800, 80 * len(LINES) + 40), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(36)
    for at, line in enumerate(LINES):
        pen.text((30, 20 + 80 * at), line, fill="black", font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.timeout(900)
def test_the_words_of_a_long_picture_are_found(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    details: Any = {"blocks": [{"kind": "image", "text": "", "url": URL, "credit": None, "level": 0}]}
    with Archive(f"sqlite:///{file}") as archive:
        series, run = begun(archive)
        archive.record(record(series, run, 1, story=story_text(1, details=details, files=files_of(details)))).result()
        (wanted,) = archive.wanted_files(series, ("image",))
        archive.keep_file(wanted.id, run, capture(URL, long_picture()))
    ended = scrapy(file, command("ocr"))
    assert ended.returncode == 0, ended.stderr
    assert "words seen in 1" in ended.stdout
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        (hit,) = archive.search("old hours")
        assert hit.file == URL
        told = archive.files([hit.revision_id], with_texts=True)[0]
        assert told.text_origin == "ocr"
        seen = (told.text or "").split("\n")
        assert len([line for line in seen if "CROSSED" in line]) == 24, "each line once, where two tiles show it, too"
        assert "FERRY" not in hit.story.text
        assert archive.unread_pictures(told.text_origin) != [], "another reader would read it anew"
    assert "maybe wrongly" in scrapy(file, command("show", "1")).stdout
    assert "0 pictures looked at" in scrapy(file, command("ocr")).stdout
    assert [one for one in verify(f"sqlite:///{file}") if one.check in {"search", "references"}] == []
