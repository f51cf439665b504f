"""What a worker hands back of a page."""

from crawler.readers.read_page import prepare
from crawler.run.visits import Place

URL = "https://harbour.example/people/0.html"
TITLE = "渡口人家｜第0个人"


def test_a_page_hands_over_so_many_links_as_are_looked_at_in_one_go_and_counts_the_others() -> None:
    rows = "".join(f"<li><a href={n}.html>渡口人家｜第{n}个人</a></li>" for n in range(1, 3_101))
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>{'渡轮昨日复航。' * 20}</p><h3>往期回顾</h3><ul>{rows}</ul>"
    read = prepare(html.encode(), URL, {}, Place(URL, at_home=True))
    followed = [link.url for link in read.page.links if link.kind == "series"]
    assert followed == [f"https://harbour.example/people/{n}.html" for n in range(1, 3_001)]
    assert any("links behind the first 3,000 of their kind on the page" in doubt for doubt in read.page.doubts)
