"""Who may ask the room, and in which language and colours it answers."""

import pytest

from tests.web.conftest import Enter

TOKEN = "shown-once"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "LOCALHOST:1"])
def test_it_answers_to_its_own_names(enter: Enter, small: str, host: str) -> None:
    assert enter(small).get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:8000@evil.example", "", "evil.example:8000"]
)
def test_it_answers_to_no_other(enter: Enter, small: str, host: str) -> None:
    answer = enter(small).get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_takes_no_request_that_would_write(enter: Enter, small: str, method: str) -> None:
    answer = enter(small).request(method, "/story/1")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_elsewhere_than_on_loopback_a_token_is_asked_for(enter: Enter, small: str) -> None:
    client = enter(small, token=TOKEN)
    assert client.get("/").status_code == 401
    assert client.get("/static/room.css").status_code == 401
    assert client.get("/?token=guessed").status_code == 401
    shown = client.get(f"/series/1?show=open&token={TOKEN}")
    assert (shown.status_code, shown.headers["location"]) == (303, "/series/1?show=open")
    assert "HttpOnly" in shown.headers["set-cookie"]
    assert client.get("/series/1").status_code == 200


def test_a_token_is_carried_to_no_other_site(enter: Enter, small: str) -> None:
    answer = enter(small, token=TOKEN).get(f"//evil.example/?token={TOKEN}")
    assert answer.headers.get("location", "/").count("//") == 0


def test_it_speaks_the_browsers_language_and_the_one_that_was_chosen(enter: Enter, small: str) -> None:
    client = enter(small, language="en-GB,en;q=0.9,zh;q=0.5")
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="zh-Hans">' in client.get("/", headers={"accept-language": "zh-TW,zh;q=0.9"}).text
    assert '<html lang="zh-Hans">' in client.get("/", headers={"accept-language": "fr"}).text
    assert "本周新到" in client.get("/?lang=zh").text
    assert "本周新到" in client.get("/").text
    assert 'data-theme="dark"' in client.get("/?theme=dark").text
    assert 'data-theme="dark"' in client.get("/?lang=xx&theme=<script>").text
