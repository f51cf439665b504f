"""Faults of the example site end to end: each is told once, by the first run after which a person could know, and its
end once; by real crawls, the real scheduler and watch, three robots and a mail server on loopback.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from benchmarks import prose
from benchmarks.soak import serving
from crawler.scheduling.processes import Children
from crawler.scheduling.scheduler import Scheduler
from crawler.scheduling.stop_signals import StopSignals
from crawler.scheduling.watch import Watch
from examples.pages import fill
from tests.crawler.scheduling.channels import Webhook, webhook
from tests.crawling import AT_HOME, ROOT

SERIES = {"calm": "平水记", "silent": "渡口记", "blocked": "石桥记", "template": "灯火记", "missing": "旧街记"}
DAYS = 12
OLD = 24  # stories that each series has before the first day, one a day
# When each is to be told, and when its end is: docs/scheduling.md says by what.
EXPECTED = {
    ("石桥记", "blocked"): (4, 6),  # refused on days 4 and 5
    ("旧街记", "missing_grows"): (5, 7),  # a title more leads nowhere on each of days 4 to 6
    ("渡口记", "silent"): (6, 9),  # a story a day, the last one on day 2, the next one on day 9
    ("灯火记", "fewer_dates"): (6, 8),  # none has one on days 4 to 7
    ("the archive", "disk"): (10, 11),
}
FULL_ON = 10
# Far enough back that the runs of today lie ahead, as those of a clock that is wrong do: only the calls count.
BASE = datetime.now(UTC).replace(hour=5, minute=0, second=0, microsecond=0) - timedelta(days=40)
LINE = re.compile(r"^(?P<series>.+?): (?P<over>over is: )?.*\((?:(?:look|broken): )?(?P<what>[a-z_]+)[,)]")


class Press:
    """A newspaper in the templates of the example site."""

    def __init__(self) -> None:
        self.day = 0

    def answer(self, path: str) -> tuple[int, str]:
        name, _, page = path.strip("/").partition("/")
        if name not in SERIES:
            return 404, ""
        if name == "blocked" and self.day in {4, 5}:
            return 403, fill("blocked")
        numbers = [*self._numbers(name)]
        if page == "index.html":
            rows = "".join(
                f'<li><a href="{n}.html">{self._title(name, n)}</a></li>' for n in sorted(numbers, reverse=True)
            )
            return 200, fill("column", entries=rows, pagination="").replace("砚江纪事", SERIES[name])
        number = page.removesuffix(".html")
        return (200, self._story(name, int(number))) if number.isdigit() and int(number) in numbers else (404, "")

    def _numbers(self, name: str) -> Iterator[int]:
        for day in range(-OLD, self.day + 1):
            if name != "silent" or not 2 < day < 9:
                yield OLD + day + 1

    def _title(self, name: str, number: int) -> str:
        return f"{SERIES[name]}（{number}）：{prose.headline(Random(f'{name} {number}'))}"

    def _story(self, name: str, number: int) -> str:
        rng, day = Random(f"text {name} {number}"), number - OLD - 1
        title, published = self._title(name, number), BASE + timedelta(days=day)
        named = [f'<li><a href="{n}.html">{self._title(name, n)}</a></li>' for n in range(max(1, number - 3), number)]
        if name == "missing" and 4 <= day <= 6:
            named.append(f'<li><a href="lost-{number}.html">{SERIES[name]}（{number + 500}）：番外</a></li>')
        has_date = name != "template" or not 4 <= day <= 7
        column = '<p><a href="index.html">返回栏目</a></p>'
        html = fill(
            "portal",
            charset="utf-8",
            title=title,
            head="",
            byline=f"{f'发布时间：{published:%Y-%m-%d}　　' if has_date else ''}来源：砚江融媒　　作者：白露",
            body="\n".join(f"<p>　　{prose.paragraph(rng)}</p>" for _ in range(8)),
            block=f"<p>往期回顾</p><ul>{''.join(named)}</ul>{column}" if named else column,
            prev="",
            next="",
        )
        return html.replace("/column/index.html", f"/{name}/index.html").replace("砚江纪事", SERIES[name])


class Box:
    """A mail server's handler that keeps the text of each letter."""

    def __init__(self) -> None:
        self.letters: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        letter: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(letter.get_body(("plain",)).get_content())
        return "250 OK"


def texts_of(hook: Webhook, robot: str) -> list[str]:
    """What one of the robots was told."""
    bodies = [body for path, body in hook.received if path.startswith(f"/{robot}")]
    return [body["content"]["text"] if robot == "feishu" else body["text"]["content"] for body in bodies]


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_each_fault_is_told_once_and_its_end_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCHIVE_URL", "sqlite:///archive.db")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n", "utf-8")
    press, box = Press(), Box()
    robots = {
        "wecom": (NotifyWeComBot, "wecombot://k3y-of-the-robot-9f27"),
        "dingtalk": (NotifyDingTalk, "dingtalk://abcdef0123456789"),
        "feishu": (NotifyFeishu, "feishu://k3y-of-the-robot-9f27"),
    }
    with ExitStack() as stack:
        site, hook = stack.enter_context(serving(press.answer)), stack.enter_context(webhook())
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        post = Controller(box, hostname="127.0.0.1", port=port)
        post.start()
        stack.callback(post.stop)
        for robot, (plugin, _) in robots.items():
            monkeypatch.setattr(plugin, "notify_url", f"http://127.0.0.1:{hook.port}/{robot}/")
        mail = f"mailto://127.0.0.1:{port}?from=archive@example.org&to=reader@example.org"
        addresses = ", ".join(f'"{address}"' for address in (*(one for _, one in robots.values()), mail))
        entries = (
            f'[{name}]\ntitle = "{title}"\nstart = "{site}/{name}/2.html"\nwatch = "{site}/{name}/index.html"\n'
            'schedule = "daily 06:00"\n'
            for name, title in SERIES.items()
        )
        (tmp_path / "series.toml").write_text(f"notify = [{addresses}]\n{''.join(entries)}", "utf-8")
        seen: dict[str, list[tuple[int, str, str, bool]]] = {channel: [] for channel in (*robots, "mail")}
        told = dict.fromkeys(seen, 0)
        for day in range(DAYS):
            press.day = day
            _one_day(BASE + timedelta(days=day), reserve=2**60 if day == FULL_ON else 0)
            for channel, lines in seen.items():
                texts = box.letters if channel == "mail" else texts_of(hook, channel)
                lines += [(day, *line) for text in texts[told[channel] :] for line in _lines(text)]
                told[channel] = len(texts)
    for channel, lines in seen.items():
        print(f"{channel}: {told[channel]} notices")
        for day, series, what, is_over in lines:
            print(f"  day {day:>2}: {series}: {'over: ' if is_over else ''}{what}")
    wanted = {(begun, *which, False) for which, (begun, _) in EXPECTED.items()}
    wanted |= {(ended, *which, True) for which, (_, ended) in EXPECTED.items()}
    for channel, lines in seen.items():
        assert sorted(lines) == sorted(wanted), channel


def _one_day(now: datetime, reserve: int) -> None:
    settings = [*AT_HOME, "DOWNLOAD_DELAY=0", "EXTRACT_WORKERS=1", "LOG_LEVEL=ERROR", f"DISK_RESERVE={reserve}"]
    children = Children([part for value in settings for part in ("-s", value)], at_once=2)
    watch = Watch("sqlite:///archive.db", "series.toml", reserve=reserve)
    calls = Scheduler("sqlite:///archive.db", "series.toml", children).call_due(now)
    codes = [call.result() for call in calls]
    assert len(codes) == len(SERIES)
    print(f"{now:%Y-%m-%d}: crawls ended with {codes}")
    watch.examine(now + timedelta(minutes=10))
    assert watch.send(now + timedelta(minutes=10)) == 0
    with StopSignals() as signals:
        children.stop(1, signals)


def _lines(text: str) -> Iterator[tuple[str, str, bool]]:
    for line in text.splitlines():
        if found := LINE.match(line.strip()):
            yield found["series"], found["what"], bool(found["over"])
