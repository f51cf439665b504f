"""The room in a real browser: accessible in both languages, colours and sizes, small, and deaf to strangers' scripts.

The rules of accessibility are axe-core's, which is no part of the project: AXE names its `axe.min.js`
(`npm pack axe-core`); without it the rest is looked at.
"""

import json
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from crawler.downloader.rendering.browser import BrowserMissing, find_browser
from storage import Archive
from tests.storage.stories import address, capture, record, story_text
from tests.web.conftest import HOSTILE, PATHS, hostile
from tests.web.serving import served

pytestmark = pytest.mark.torture
_SERIOUS = frozenset({"serious", "critical"})
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
_WEIGHT = 60_000
_REQUESTS = 6
_TEXT = "\n".join(f"第{n}段：渡口的老船工说，水来过三次，船还在，{'，'.join(['桨也在'] * 20)}。" for n in range(9))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    try:
        path = find_browser()
    except BrowserMissing as error:
        pytest.skip(str(error))
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


def test_no_page_runs_what_a_stranger_has_written(browser: Any, tmp_path: Path) -> None:
    asked = quote(HOSTILE)
    paths = (*PATHS, f"/search?q={asked}", f"/why?of={asked}", f"/compare?first={asked}&second=1", f"/{asked}",
             "/compare?first=1&second=2", "/story/2", "/story/1.json", "/series/1.json")  # fmt: skip
    seen: list[str] = []
    with served(hostile(tmp_path / "archive.db")) as home:
        page = browser.new_page()
        page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith(home) else seen.append(request.url))
        page.on("console", lambda message: seen.append(message.text) if "Content Security" in message.text else None)
        for path in paths:
            page.goto(home + path)
            assert "\u202e" not in page.content()
        page.close()
    assert seen == []


@pytest.mark.parametrize(("language", "scheme", "size"), list(product(("zh-CN", "en-GB"), ("light", "dark"), SIZES)))
def test_every_page_is_accessible_small_and_fits(
    browser: Any, small: str, language: str, scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    axe = Path(os.environ.get("AXE", ""))
    serious: dict[str, list[str]] = {}
    with served(small) as home:
        context = browser.new_context(
            locale=language, color_scheme=scheme, viewport={"width": width, "height": height}, bypass_csp=True
        )
        page, weights = context.new_page(), []
        page.on("response", lambda answer: weights.append(len(answer.body())))
        for path in (*PATHS, "/nothing"):
            weights.clear()
            page.goto(home + path, wait_until="networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than a {size}"
            assert len(weights) <= _REQUESTS
            assert sum(weights) <= _WEIGHT
            if axe.is_file():
                page.add_script_tag(path=axe)
                found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
                bad = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in _SERIOUS]
                if bad:
                    serious[path] = bad
        context.close()
    assert serious == {}, json.dumps(serious, ensure_ascii=False, indent=1)


def test_every_page_can_be_used_without_scripts(browser: Any, small: str) -> None:
    with served(small) as home:
        context = browser.new_context(java_script_enabled=False, locale="en-GB")
        page = context.new_page()
        page.goto(home)
        page.get_by_role("link", name="4 missing").click()
        page.get_by_role("link", name="All 8").click()
        page.get_by_role("link", name="河上旧事之9").first.click()
        page.get_by_role("link", name="compare").first.click()
        assert page.locator("mark").count()
        page.go_back()
        page.get_by_role("link", name="Cite").first.click()
        assert "GB/T 7714" in page.content()
        page.get_by_role("searchbox").fill("渡口")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        assert page.locator(".hits li").count() == 4
        context.close()


@pytest.mark.parametrize(
    ("clicks", "found"),
    [
        pytest.param(["缺 4 篇"], "未存", id="what a series lacks"),
        pytest.param(["河上旧事", "河上旧事之9"], "渡口", id="a story"),
        pytest.param(["河上旧事", "河上旧事之9", "2 个版本", "对照"], "玩家", id="a mirror beside it"),
        pytest.param(["河上旧事", "河上旧事之9", "引用", "复制"], "已复制", id="how to cite it"),
    ],
)
def test_who_never_saw_the_room_is_there_with_four_clicks(
    browser: Any, small: str, clicks: list[str], found: str
) -> None:
    with served(small) as home:
        context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=home)
        page = context.new_page()
        page.goto(home)
        for words in clicks:
            page.locator("main :is(a, button):visible", has_text=words).first.click()
        page.get_by_text(found).first.wait_for(timeout=5_000)
        if clicks[-1] == "复制":
            assert "[EB/OL]" in page.evaluate("navigator.clipboard.readText()")
        context.close()
    assert len(clicks) <= 4


def test_a_line_of_a_story_has_as_many_characters_as_one_reads_well(browser: Any, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'long.db'}"
    with Archive(url) as archive:
        series = archive.series_named("x")
        run = archive.begin_run(series)
        archive.record(record(series, run, 1, story=story_text(1, _TEXT), capture=capture(address(1), _TEXT))).result()
    with served(url) as home:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page.goto(f"{home}/story/1")
        size, leading, width = page.evaluate(
            "(() => { const own = getComputedStyle(document.querySelector('.text p'));"
            " return [parseFloat(own.fontSize), parseFloat(own.lineHeight), parseFloat(own.width)] })()"
        )
        page.close()
    assert leading / size == pytest.approx(1.8)
    assert 36 <= width / size <= 40
