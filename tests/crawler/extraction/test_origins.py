"""Every field of a story says where it was read, from which characters, and how sure that is."""

from crawler.extraction import Extraction, extract_page
from crawler.extraction.model import Origin
from crawler.readers.read_page import details_of
from wangqi.text.reading_quality import flaws

URL = "https://harbour.example/a/2024/8.html"
STORY = (
    "<p>停航半个月的渡轮昨日复航，首班船上午七时开出，船上有乘客六十多人。</p>"
    "<p>船公司表示，班次暂时维持每小时一班，月底再看客量调整。</p>"
)


def read(head: str, held: str, *, url: str = URL) -> Extraction:
    page = f'<html><head><meta charset="utf-8">{head}</head><body><div>{held}<div>{STORY}</div></div></body></html>'
    return extract_page(page.encode(), url)


def of(page: Extraction, field: str) -> Origin:
    (origin,) = (each for each in page.origins if each.field == field)
    return origin


def test_fields_that_the_page_prints_are_sure() -> None:
    line = "<div>2024-05-06 17:22　来源：海港日报　作者：林舟</div>"
    page = read("<title>渡轮复航_海港日报</title>", f"<h1>渡轮复航</h1>{line}")
    assert [origin.field for origin in page.origins] == ["title", "published", "author", "source"]
    assert of(page, "title") == Origin(field="title", place="heading", raw="渡轮复航", certainty="sure")
    assert (of(page, "author").place, of(page, "author").raw) == ("label", "作者：林舟")
    assert (of(page, "source").place, of(page, "source").raw) == ("label", "来源：海港日报")
    assert (of(page, "published").place, of(page, "published").raw) == ("label", "2024-05-06 17:22")
    assert flaws(details_of(page)) == ""


def test_a_title_that_only_the_head_claims_is_doubtful() -> None:
    page = read("<title>渡轮半个月以后复航了_海港日报</title>", "<div>2024-05-06</div>")
    assert page.title == "渡轮半个月以后复航了"
    assert (of(page, "title").place, of(page, "title").certainty) == ("head", "doubtful")
    assert flaws(details_of(page)) == "no line of the page shows the title that its head claims"


def test_a_first_line_in_the_place_of_a_title_is_doubtful() -> None:
    page = read("", "")
    assert page.title is None
    assert (of(page, "title").place, of(page, "title").raw) == ("first line", STORY[3:].partition("</p>")[0])
    assert "no headline was found" in flaws(details_of(page))


def test_a_day_that_another_place_puts_years_apart_is_doubtful() -> None:
    head = '<title>渡轮复航_海港日报</title><meta name="PubDate" content="2024-05-06">'
    page = read(head, "<h1>渡轮复航</h1><div>发布时间：2019-02-03 10:00</div>")
    assert of(page, "published").certainty == "doubtful"
    assert "2024-05-06 (meta)" in flaws(details_of(page))
    near = read(head, "<h1>渡轮复航</h1><div>发布时间：2024-05-07 10:00</div>")
    assert of(near, "published").certainty == "sure"


def test_an_author_says_what_named_him() -> None:
    title = "<title>渡轮复航_海港日报</title>"
    link = read(title, '<h1>渡轮复航</h1><div><a href="/user/17/">林舟</a> 2024-05-06</div>')
    assert (of(link, "author").place, of(link, "author").certainty) == ("profile", "doubtful")
    byline = read(title, "<h1>渡轮复航</h1><div>本报记者林舟</div>")
    assert (of(byline, "author").place, of(byline, "author").raw) == ("byline", "本报记者林舟")
    claimed = (
        '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"林舟"}}</script>'
    )
    assert of(read(title + claimed, "<h1>渡轮复航</h1>"), "author").place == "json-ld"


def test_digits_of_an_hour_are_no_second_of_a_later_year() -> None:
    page = read("<title>渡轮复航</title><script>var publishDate = '2019111905';</script>", "<h1>渡轮复航</h1>")
    assert page.published is not None
    assert (page.published.value.date().isoformat(), page.published.precision) == ("2019-11-19", "day")
