"""Draws the four `room-*.png`, the reading room over the example archive: run `make demo` first, and this again when it changes.

It needs Chromium, and the fonts Noto Serif CJK and Noto Sans CJK.
"""

import threading
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from crawler.downloader.rendering.browser import find_browser
from storage import Archive
from web.app import reading_room
from web.config import Config

ROOT = Path(__file__).parent.parent
URL = f"sqlite:///{ROOT / 'demo' / 'archive.db'}"


def main() -> None:
    with Archive(URL, read_only=True) as archive:
        copy = next(one for one in archive.search("is:tampered", limit=1)).story
        copies = archive.copies(copy.id)
        assert copies is not None
        spun = next(one for one in copies.copies if one.findings)
    pages = (
        ("home", "/", "light", 1160, 760),
        ("series", "/series/1", "light", 1160, 900),
        ("story", f"/story/{copy.id}", "dark", 430, 860),
        ("compare", f"/compare?first={copy.id}&second=r{spun.revision_id}", "light", 1160, 900),
    )
    server = uvicorn.Server(uvicorn.Config(reading_room(Config(archive_url=URL)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    home = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for name, path, scheme, width, height in pages:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN")
            page.goto(home + path)
            page.screenshot(path=ROOT / "docs" / f"room-{name}.png")
        browser.close()
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    main()
