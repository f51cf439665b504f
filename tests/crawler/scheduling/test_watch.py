"""Who is told of what: once when it begins, once when it is over, however often a channel fails; and no secret out."""

import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import apprise
import pytest
from aiosmtpd.controller import Controller
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from crawler.catalogue.channels import Secret
from crawler.scheduling.delivery import send
from crawler.scheduling.watch import Watch
from storage import Archive
from tests.crawler.commands.conftest import fill
from tests.crawler.scheduling.channels import Webhook, webhook

MINUTE = timedelta(minutes=1)
SECRET = "k3y-of-the-robot-9f27"


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as running:
        yield running


class Scene:
    """An archive, its catalogue and the watch over it."""

    def __init__(self, folder: Path, hook: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        self.now = datetime.now(UTC)
        self.url = "sqlite:///archive.db"
        fill(self.url)
        self.file = folder / "series.toml"
        self.hook = hook
        self.catalogue()
        self.watch = Watch(self.url, "series.toml", reserve=0, room="http://room.example/")

    def catalogue(self, above: str = "", entry: str = "") -> None:
        above = above or f'notify = "json://127.0.0.1:{self.hook.port}/{SECRET}"\n'
        self.file.write_text(f'{above}[shuixiang]\nstart = "https://news.example/3"\n{entry}', "utf-8")

    def crawl(self, code: int) -> None:
        with Archive(self.url) as archive:
            run = archive.begin_run(archive.series_named("shuixiang"))
            archive.end_run(run, reason="finished", counts={"stored": 1}, exit_code=code)

    def pass_on(self, minutes: int) -> list[str]:
        """Examines and sends as the scheduler does at that minute; the titles that came."""
        before = len(self.hook.received)
        self.watch.examine(self.now + minutes * MINUTE)
        self.watch.send(self.now + minutes * MINUTE)
        return [body["title"] for _, body in self.hook.received[before:]]


@pytest.fixture
def scene(tmp_path: Path, hook: Webhook, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(tmp_path, hook, monkeypatch)


def test_an_incident_is_told_once_and_its_end_once(scene: Scene) -> None:
    assert scene.pass_on(0) == []
    scene.crawl(1)
    assert scene.pass_on(1) == ["Wangqi: 水乡纪事: its last crawl ended with 1"]
    scene.crawl(1)
    assert scene.pass_on(2) == []
    scene.crawl(0)
    assert scene.pass_on(3) == ["Wangqi: 水乡纪事: over: its last crawl ended with 1"]
    assert scene.pass_on(4) == []
    _, told = scene.hook.received[0]
    assert "水乡纪事: its last crawl ended with 1 (look: failed_runs)" in told["message"]
    assert told["message"].endswith("http://room.example")


def test_a_channel_that_is_down_loses_nothing_and_tells_no_secret(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scene.hook.status = 503
    scene.crawl(1)
    assert scene.pass_on(0) == []
    assert scene.pass_on(0) == []  # not before its time
    assert scene.hook.refused == 1
    with Archive(scene.url, read_only=True) as archive:
        (notice,) = archive.waiting_notices()
    assert (notice.attempts, notice.due_at) == (1, scene.now + MINUTE)
    assert "503" in (notice.trouble or "")
    assert scene.pass_on(1) == []
    assert sum("has not taken a notice" in record.message for record in caplog.records) == 1
    scene.hook.status = 200
    scene.crawl(0)
    assert len(scene.pass_on(5)) == 2, "what was wrong, and that it is over"
    assert scene.pass_on(6) == []
    assert SECRET not in caplog.text
    assert all(SECRET.encode() not in file.read_bytes() for file in Path().glob("archive.db*") if file.is_file())


def test_what_concerns_all_of_them(scene: Scene) -> None:
    scene.watch.examine(scene.now)
    scene.watch._reserve = 2**60
    assert scene.pass_on(1)[0].startswith("Wangqi: the archive: Only ")
    good = scene.file.read_text("utf-8")
    scene.file.write_text(good + "every = x", "utf-8")  # the last good channels stay in force
    assert scene.pass_on(2) == ["Wangqi: the archive: series.toml, line 4: Invalid value, in 'every = x'. A line r…"]
    scene.file.write_text(good, "utf-8")
    scene.watch._reserve = 0
    assert scene.pass_on(3) == ["Wangqi: 2 over"]


def test_a_series_with_a_channel_of_its_own(scene: Scene) -> None:
    own = f'notify = ["json://127.0.0.1:{scene.hook.port}/own", "json://127.0.0.1:{scene.hook.port}/other"]\n'
    scene.catalogue(entry=own)
    scene.crawl(1)
    scene.pass_on(0)
    assert [path for path, _ in scene.hook.received] == ["/own", "/other"]
    scene.hook.status = 500
    scene.crawl(0)
    scene.pass_on(1)
    scene.catalogue()  # nobody waits for that any more
    scene.pass_on(2)
    with Archive(scene.url, read_only=True) as archive:
        assert archive.waiting_notices() == []


def test_a_digest(scene: Scene) -> None:
    scene.catalogue(above=f'notify = "json://127.0.0.1:{scene.hook.port}/"\ndigest = "daily 08:00"\n')
    (first,) = scene.pass_on(5)
    assert first.startswith("Wangqi: 3 new, 0 otherwise changed since ")
    _, told = scene.hook.received[0]
    assert "水乡纪事: 3 things, 2 missing\n  3 new:\n" in told["message"]
    assert "水乡纪事之三：渡口  http://room.example/story/1" in told["message"]
    assert "\x1b" not in told["message"]
    assert scene.pass_on(6) == []
    (second,) = scene.pass_on(24 * 60 + 5)
    assert second.startswith("Wangqi: 0 new")
    assert "水乡纪事: nothing new" in scene.hook.received[-1][1]["message"]


def test_without_a_channel_nothing_is_kept(scene: Scene) -> None:
    scene.catalogue(above="\n")
    scene.crawl(1)
    assert scene.pass_on(0) == []
    with Archive(scene.url, read_only=True) as archive:
        assert archive.open_incidents() == []


@pytest.mark.parametrize(
    ("plugin", "address", "place"),
    [
        (NotifyWeComBot, f"wecombot://{SECRET}", lambda body: body["text"]["content"]),
        (NotifyDingTalk, "dingtalk://abcdef0123456789", lambda body: body["text"]["content"]),
        (NotifyFeishu, f"feishu://{SECRET}", lambda body: body["content"]["text"]),
    ],
)
def test_the_forms_of_chinese_channels(
    plugin: Any, address: str, place: Any, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/" + plugin.notify_url.partition("://")[2].partition("/")[2]
    monkeypatch.setattr(plugin, "notify_url", f"http://127.0.0.1:{hook.port}{path}")
    assert send(Secret(address), "水乡纪事", "一条消息") is None
    ((_, body),) = hook.received
    assert "水乡纪事" in place(body)
    assert "一条消息" in place(body)


def test_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    letters: list[bytes] = []

    class Box:
        async def handle_DATA(  # noqa: N802 - aiosmtpd's name
            self, _server: Any, _session: Any, envelope: Any
        ) -> str:
            letters.append(envelope.content)
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Box(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        monkeypatch.setenv("POST", f"mailto://127.0.0.1:{port}?from=archive@example.org&to=reader@example.org")
        assert send(Secret("$POST"), "水乡纪事", "一条消息") is None
    finally:
        controller.stop()
    letter: Any = message_from_bytes(letters[0], policy=policy.default)
    assert letter["Subject"] == "水乡纪事"
    assert "一条消息" in letter.get_body(("plain",)).get_content()


def test_what_keeps_a_notice_from_going_out(hook: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(Secret("$NO_SUCH"), "", "x") == "the environment has no $NO_SUCH, which is to hold the address"
    assert "apprise cannot read its address" in (send(Secret(f"nosuch://{SECRET}"), "a", "x") or "")

    def fail(*_: object, **__: object) -> bool:
        raise RuntimeError(f"https://api.example/{SECRET}/send is not there")

    monkeypatch.setattr(apprise.Apprise, "notify", fail)
    assert send(Secret(f"json://127.0.0.1:{hook.port}/{SECRET}"), "a", "x") == (
        "RuntimeError: https://api.example/…/send is not there"
    )
