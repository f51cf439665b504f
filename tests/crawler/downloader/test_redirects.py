"""Redirects as a crawl meets them: where they lead, and where they are given up."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.crawler.crawling import crawl
from tests.crawler.site import Site, response, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def to(path: str, **headers: str) -> bytes:
    return response("", "302 Found", location=path, **headers)


def test_a_loop_is_left_before_an_address_is_asked_twice(site: Site) -> None:
    site.pages = {"/self": to("/self#top"), "/a": to("/b"), "/b": to("/c"), "/c": to("/a"), "/into": to("/a")}
    done = crawl(*map(site.url, ("/self", "/into")))
    assert {(ending.error, ending.outcome) for ending in done.endings.values()} == {("RedirectLoop", "failed")}
    assert done[site.url("/self")].reason.endswith(f"in a circle: {site.url('/self')} -> {site.url('/self')}")
    assert {path: site.count(path) for path in site.pages} == dict.fromkeys(site.pages, 1)


def test_a_loop_that_is_entered_everywhere_is_hardly_asked_again(site: Site) -> None:
    site.pages = {"/a": to("/b"), "/b": to("/c"), "/c": to("/a")}
    done = crawl(*map(site.url, site.pages), CONCURRENT_REQUESTS_PER_DOMAIN=1)
    assert {ending.error for ending in done.endings.values()} == {"RedirectLoop"}
    assert max(map(site.count, site.pages)) <= 2  # one may wait behind the request that would tell of its loop


def test_a_chain_ends_and_what_is_no_loop_is_followed(site: Site) -> None:
    site.pages = {f"/chain/{n}": to(f"/chain/{n + 1}") for n in range(9)}
    site.pages |= {"/page": to("/page/"), "/page/": response("<html></html>"), "/other": to("/page")}
    done = crawl(*map(site.url, ("/chain/0", "/page", "/other")))
    assert done[site.url("/chain/0")].reason == "max redirections reached"
    assert sum(path.startswith("/chain/") for _, path, _ in site.hits) == 6
    assert [done[site.url(path)].status for path in ("/page", "/other")] == [200, 200]


def test_a_cookie_opens_the_same_address_only_where_cookies_are_kept(site: Site) -> None:
    async def gate(writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        writer.write(response("<html></html>") if "cookie" in headers else to("/gate", set_cookie="seen=1"))

    site.pages = {"/gate": gate, "/never": to("/never", set_cookie="seen=1")}
    done = crawl(*map(site.url, site.pages), COOKIES_ENABLED=False)
    assert all("COOKIES_ENABLED keeps none" in ending.reason for ending in done.endings.values())
    assert [site.count(path) for path in site.pages] == [1, 1]
    site.hits.clear()
    done = crawl(*map(site.url, site.pages), COOKIES_ENABLED=True)
    assert done[site.url("/gate")].status == 200
    assert [site.count(path) for path in site.pages] == [2, 6]


def test_a_loop_of_robots_forbids_nothing(site: Site) -> None:
    site.pages = {"/robots.txt": to("/robots.txt"), "/page": response("<html></html>")}
    assert crawl(site.url("/page"))[site.url("/page")].status == 200
    assert site.count("/robots.txt") == 1


def test_a_page_that_sends_its_reader_on_is_followed_like_a_redirect(site: Site) -> None:
    stub = "<html><head><title>t</title><META HTTP-EQUIV=REFRESH CONTENT='0; URL=../a/{}.html'></head></html>"
    ring = "<script>location.href='/old/{}'</script>"
    site.pages = {f"/old/{n}": response(stub.format(n)) for n in (1, 2)}
    site.pages |= {"/a/1.html": response("<html></html>"), "/a/2.html": response(ring.format(2))}
    done = crawl(*map(site.url, ("/old/1", "/old/2")))
    assert done[site.url("/old/1")].status == 200
    assert (done[site.url("/old/2")].error, site.count("/old/2")) == ("RedirectLoop", 1)
    assert site.count("/a/1.html") == 1


def test_a_redirect_to_no_address_is_told_in_a_sentence(site: Site) -> None:
    """Each ends with a sentence, be it of the redirect or of the address that it names."""
    targets = ["http://[", "http://[::1", "http://[x]/", "//[", "http://", "http:///a", "http://a:b/", "http://%zz/"]
    site.pages = {f"/{number}": to(target) for number, target in enumerate(targets)}
    site.pages["/page"] = response("<meta http-equiv=refresh content='0; url=http://['>")
    done = crawl(*map(site.url, site.pages))
    assert done[site.url("/0")].reason == "it redirects to 'http://[', which is no address (Invalid IPv6 URL)"
    assert {ending.outcome for ending in done.endings.values()} <= {"failed", "out_of_scope", None}
    for ending in done.endings.values():
        assert "Error" not in (ending.reason or ""), ending
        assert ending.status or " " in ending.reason
