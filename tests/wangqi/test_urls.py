"""One page, one URL."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wangqi.urls import canonical_or_none, canonical_url, is_web_url, looks_like_trap, site

ARTICLE = "https://mp.weixin.qq.com/s?__biz=MzA5%3D%3D&idx=2&mid=2247&sn=0ab1"


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("HTTP://Paper.Example.CN:80/a/../b/./c", "http://paper.example.cn/b/c"),
        ("https://paper.example.cn:443", "https://paper.example.cn/"),
        ("https://paper.example.cn./a", "https://paper.example.cn/a"),
        ("https://reader:secret@paper.example.cn/a", "https://paper.example.cn/a"),
        ("http://a.cn/?b=2&a=1", "http://a.cn/?a=1&b=2"),
        ("http://a.cn/?id=3&utm_source=x&spm=1.2&from=timeline&isappinstalled=0", "http://a.cn/?id=3"),
        ("http://a.cn/?from=20", "http://a.cn/?from=20"),
        ("http://a.cn/x.jsp;jsessionid=0A1B?id=3", "http://a.cn/x.jsp?id=3"),
        ("http://a.cn/?PHPSESSID=1a2b&id=3", "http://a.cn/?id=3"),
        ("http://a.cn/?sid=9f8e7d6c5b4a39281706&id=3", "http://a.cn/?id=3"),
        ("http://a.cn/?sid=12", "http://a.cn/?sid=12"),
        ("http://a.cn/a#comments", "http://a.cn/a"),
        ("http://a.cn/#/story/3", "http://a.cn/#/story/3"),
        ("http://a.cn/#!story", "http://a.cn/#!story"),
        ("http://a.cn/?q=%D5%D0", "http://a.cn/?q=%D5%D0"),
        ("http://a.cn/?q=招", "http://a.cn/?q=%E6%8B%9B"),
        ("http://中文.cn/", "http://xn--fiq228c.cn/"),
        (" http://a.cn/ ", "http://a.cn/"),
        ("http://mp.weixin.qq.com/s?__biz=MzA5==&mid=2247&idx=2&sn=0ab1&chksm=e9&scene=21#wechat_redirect", ARTICLE),
        ("https://mp.weixin.qq.com/s?sn=0ab1&amp;idx=2&amp;mid=2247&amp;__biz=MzA5%3D%3D", ARTICLE),
        ("http://mp.weixin.qq.com/mp/appmsg/show?__biz=MzA5==&appmsgid=2247&itemidx=2&sign=0ab1", ARTICLE),
        ("http://mp.weixin.qq.com/s/AbC_d-E?scene=1&poc_token=x", "https://mp.weixin.qq.com/s/AbC_d-E"),
        (
            "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA5==&action=getalbum&album_id=12&scene=173#wechat_redirect",
            "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA5%3D%3D&action=getalbum&album_id=12",
        ),
    ],
)
def test_spellings_of_one_page(spelling: str, canonical: str) -> None:
    assert canonical_url(spelling) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a/b.html",
        "//a.cn/",
        "ftp://a.cn/",
        "http://",
        "http://[::1",
        "http://a.cn:99999/",
        "http://a.cn@./",
        "javascript:x",
    ],
)
def test_what_is_no_url_says_so(bad: str) -> None:
    assert not is_web_url(bad)
    with pytest.raises(ValueError, match="URL"):
        canonical_url(bad)


PARTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\t"), max_size=20) | st.text(
    st.sampled_from("ab/.;?&=%#!+ 0aF2:@招\\\"'<>[]|~,*"), max_size=20
)
HOSTS = st.sampled_from(["a.cn", "A.CN.", "mp.weixin.qq.com", "招商.cn", "1.2.3.4", "[::1]", "u:p@a.cn:8080", "a.cn@."])


@given(st.builds("http://{}/{}?{}#{}".format, HOSTS, PARTS, PARTS, PARTS))
@example("http://a.cn/%?%=%25#/%")
@example("http://a.cn/a%2F..%2Fb?x=%26&y=+")
def test_canonical_twice_is_canonical_once(url: str) -> None:
    try:
        once = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(once) == once
    assert is_web_url(once)


@given(st.text(max_size=40))
def test_any_text_is_a_url_or_a_value_error(text: str) -> None:
    try:
        canonical_url(text)
    except ValueError:
        assert text is not None
    site(text)
    looks_like_trap(text)


@given(st.permutations(["id=3", "p=%D5%D0", "utm_source=x", "sid=0123456789abcdef0123", "spm=a.b"]))
def test_order_and_tracking_do_not_matter(pairs: list[str]) -> None:
    assert canonical_url("http://a.cn/?" + "&".join(pairs)) == "http://a.cn/?id=3&p=%D5%D0"


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("http://news.street.gov.cn/a", "street.gov.cn"),
        ("https://mp.weixin.qq.com/s/x", "qq.com"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://localhost/", "localhost"),
        ("a.html", ""),
    ],
)
def test_the_site_of_a_url(url: str, domain: str) -> None:
    assert site(url) == domain


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://a.cn/a/a/a/a", "repeats"),
        ("http://a.cn/x/a/b/a/b/a/b/", "repeats"),
        ("http://a.cn/" + "d/e" * 30, "segments"),
        ("http://a.cn/" + "x" * 3000, "characters"),
        ("http://a.cn/calendar/2023/05", "calendar"),
        ("http://a.cn/e?year=2031&month=4", "calendar"),
        ("http://a.cn/?my_session=9f8e7d6c5b4a392817061a2b3c", "session"),
        ("http://a.cn/?" + "&".join(f"f{n}=1" for n in range(30)), "parameters"),
    ],
)
def test_traps_are_named(url: str, word: str) -> None:
    assert word in (looks_like_trap(url) or "")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.cn/2023/05/05/1.html",
        "http://a.cn/10/10/10.html",
        "http://a.cn/street/20.html?page=2",
        "https://mp.weixin.qq.com/s?__biz=MzA5%3D%3D&idx=2&mid=2247&sn=0ab1c2d3e4f5a6b7c8d9",
        "http://a.cn/n1/2023/0501/c1013-29942426.html",
    ],
)
def test_honest_urls_are_no_traps(url: str) -> None:
    assert looks_like_trap(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://river.example/story/12.html",
        "http://127.0.0.1:41703/story/12.html",
        "https://www.river-side.example/a/b_c-d~e/",
        "https://river.example:8443/",
        # Spelt otherwise than they are known:
        "https://river.example:443/a",
        "http://river.example:80/a",
        "http://256.1.1.1/a",
        "https://river.example",
        "https://River.example/a",
        "https://river.example./a",
        "https://river.example/a/../b",
        "https://river.example/a/./b",
        "https://river.example/a//b",
        "https://river.example/a;jsessionid=AB12",
        "https://river.example/%61",
        "https://river.example/a?utm_source=x",
        "https://river.example/a#top",
        "https://river.example/a#/boats",
        "https://river.example/a#%2Fboats",
        "https://river.example/a?id=3&b=2&spm=a1.2#top",
        "https://river.example/a?b=2&B=1&b=10&b=",
        "https://river.example/a?from=boats&ref=7&sid=abcdefgh12345678xy",
        "https://river.example/a?id=3&amp;b=2",
        "https://river.example/a?id=%B4%AC&b=2",
        "https://river.example/a?id=3&&b=2",
        "https://river.example/a?id=a=b",
        "https://river.example/a?boats",
        "https://river.example/a?",
        "https://mp.weixin.qq.com/s/abc/",
        "https://xn--fiqs8s.example/a",
        "https://-a.example/b",
        "https://river.example/a\n",
        "ftp://river.example/a",
    ],
)
def test_what_is_canonical_already_is_told_without_taking_it_apart(url: str) -> None:
    try:
        expected: str | None = canonical_url(url)
    except ValueError:
        expected = None
    assert canonical_or_none(url) == expected
