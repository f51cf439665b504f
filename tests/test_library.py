"""The examples of docs/library.md, run; and the add-on in a Scrapy project that knows nothing of ours."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler.site import response, serving
from tests.story_pages import story

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/library.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
STRANGERS_SCRIPT = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Stranger(scrapy.Spider):
    name = "stranger"

    async def start(self):
        for url in sys.argv[1:]:
            yield scrapy.Request(url, errback=self.fail, dont_filter=True)

    def parse(self, response):
        print(json.dumps([response.url, response.css("title::text").get()]))

    def fail(self, failure):
        print(json.dumps([failure.request.url, getattr(failure.value, "outcome", repr(failure.value))]))

process = CrawlerProcess({
    **SETTINGS, "ALLOWED_ADDRESSES": '["127.0.0.1/32"]', "ALLOWED_PORTS": "any", "RETRY_PAUSE": 0, "LOG_LEVEL": "ERROR",
})
process.crawl(Stranger)
process.start()
"""


def run(code: str, *arguments: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def test_a_strangers_project_is_guarded(tmp_path: Path) -> None:
    settings, *_ = EXAMPLES
    values: dict[str, object] = {}
    exec(settings, values)  # the page's own example
    script = STRANGERS_SCRIPT.replace("**SETTINGS", f'"ADDONS": {values["ADDONS"]!r}')
    with serving() as site:
        site.pages["/robots.txt"] = response("User-agent: *\nDisallow: /closed/\n", kind="text/plain")
        site.pages["/1.html"] = story("渡口旧事（一）：石阶", [])
        open_page, closed, elsewhere = site.url("/1.html"), site.url("/closed/2.html"), site.url("/1.html")
        elsewhere = elsewhere.replace("127.0.0.1", "127.0.0.2")
        told = run(script, open_page, closed, elsewhere, folder=tmp_path)
    assert dict(map(json.loads, told.splitlines())) == {
        open_page: "渡口旧事（一）：石阶_石桥日报",
        closed: "robots",
        elsewhere: "out_of_scope",
    }


def test_one_page_is_read_alone(capsys: pytest.CaptureFixture[str]) -> None:
    page = story("渡口旧事（二）：缆绳", [("渡口旧事（一）：石阶", "/1.html")]).split(b"\r\n\r\n", 1)[1]
    exec(EXAMPLES[1].replace("charset=gbk", "charset=utf-8"), {"body": page})
    told = capsys.readouterr().out
    assert told.splitlines() == ["story 渡口旧事（二）：缆绳 None 2", "['渡口旧事（一）：石阶']"]


def test_two_texts_are_compared_without_scrapy_or_a_database(tmp_path: Path) -> None:
    ours = (
        "渡口的老人在河边守了四十一年，每天清晨把缆绳解开，再等第一班船。他说水涨的时候最难，船要靠得慢，人要站得稳。"
        * 3
    )
    theirs = ours.replace("守了", "看守").replace("清晨", "早晨")
    heavy = "import sys; assert not {'scrapy', 'sqlalchemy', 'twisted'} & set(sys.modules), sys.modules"
    told = run(f"ours, theirs = {ours!r}, {theirs!r}\n{EXAMPLES[2]}\n{heavy}", folder=tmp_path)
    assert told.splitlines()[0] == "altered [('守了', '看守'), ('清晨', '早晨')]"
