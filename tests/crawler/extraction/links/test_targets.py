"""Links as people write them: whatever leads on is followed, and what hides its address keeps its title."""

import pytest

from crawler.extraction import extract_page
from tests.crawler.extraction.links.pages import find, titles, urls

PAST = "<div><h3>往期回顾</h3><ul>{}</ul></div>"
TITLES = ("邻里食堂｜豆浆铺的早晨", "邻里食堂｜巷口的修鞋摊", "邻里食堂｜晒场上的说书人")
STREET = "https://paper.example.cn/street/"
EXPECTED = [f"{STREET}{n}.html" for n in (17, 18, 19)]


def past(row: str, *, script: str = "") -> list[str | None]:
    """Where the rows of a 往期 block lead; in the row, N is the number of the story and T its title."""
    rows = "".join(row.replace("N", str(17 + at)).replace("T", title) for at, title in enumerate(TITLES))
    found = find(PAST.format(rows) + (f"<script>{script}</script>" if script else ""))
    assert titles(found) == list(TITLES), titles(found)
    return urls(found)


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href=\"javascript:goto('/street/N.html')\">T</a></li>",
        "<li><a href='javascript:void(0);' onclick=\"window.open('/street/N.html')\">T</a></li>",
        "<li><a href='#' onclick=\"window.open('N.html','_blank');return false;\">T</a></li>",
        "<li><a href='###' onclick=\"location.href='/street/'+'N'+'.html'\">T</a></li>",
        "<li><a onclick=\"top.location.replace('N.html')\">T</a></li>",
        '<li><a href="javascript:openNew(&quot;\\/street\\/N.html&quot;,800,600)">T</a></li>',
        "<li><a href='JavaScript:location.href=%27/street/N.html%27'>T</a></li>",
        "<li><a href=javascript:; data-url=/street/N.html>T</a></li>",
        "<li><a data-href=N.html>T</a></li>",
        "<li data-url=https://paper.example.cn/street/N.html><span>T</span></li>",
        "<li onclick=\"location='/street/N.html'\">T</li>",
        "<li onclick=\"location='/street/N.html'\"><b>T</b><i>2024-05-N</i></li>",
        "<li onclick=\"location='/street/N.html'\"><i>第N期</i><b>T</b></li>",
        "<li><span onclick=\"window.location.href = '/street/N.html'\">T</span><em>2024-05-N</em></li>",
        "<li onclick=\"go('./N.html')\"><a href='javascript:void(0)'>T</a></li>",
        '<p><button onclick="location.assign(`/street/${N}.html`)">T</button></p>',
        "<p><input type=button value='T' onclick=\"window.location='N.html'\"></p>",
        "<li><a href='\n  N.html\t'>T</a></li>",
        "<li><a href='..\\street\\N.html'>T</a></li>",
        "<li><a href='//paper.example.cn/street/N.html'>T</a></li>",
        "<li><a href=# data-id=N onclick=\"location.href='/street/'+this.dataset.id+'.html'\">T</a></li>",
        "<li><a data-id=N onclick=\"window.open('/street/'+$(this).attr('data-id')+'.html')\">T</a></li>",
    ],
)
def test_a_link_is_whatever_leads_on(row: str) -> None:
    assert past(row) == EXPECTED


@pytest.mark.parametrize(
    ("row", "script"),
    [
        ("<li><a href='javascript:show(N)'>T</a></li>", "function show(id){ window.open('/street/'+id+'.html'); }"),
        ("<li onclick=\"show('N')\">T</li>", "var show = function(id) { location.href = '/street/' + id + \".html\" }"),
        (
            "<li><a href=# onclick='show(1,N)'>T</a></li>",
            "const show = (kind, id) => { location.href=`/street/${id}.html` }",
        ),
        (
            "<li><a href='javascript:;' data-n=N onclick='show(this)'>T</a></li>",
            "function show(link){ window.location.href = '/street/' + link.getAttribute('data-n') + '.html'; }",
        ),
        (
            "<li><a href='javascript:show(N)'>T</a></li>",
            "function open2(u){ window.open(u) } function show(n){ open2('/street/' + n + '.html') }",
        ),
    ],
)
def test_a_function_of_the_page_says_where_its_link_goes(row: str, script: str) -> None:
    assert past(row, script=script) == EXPECTED


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='javascript:void(0)'>T</a></li>",
        "<li><a href='#' data-id=N>T</a></li>",
        "<li><a href='javascript:show(N)'>T</a></li>",
        "<li><a href=\"javascript:__doPostBack('list$ctlN','')\">T</a></li>",
        "<li><a href='javascript:' onclick=\"location.href=host+'/show.asp?id='+N\">T</a></li>",
    ],
)
def test_a_title_without_a_readable_address_is_named_all_the_same(row: str) -> None:
    assert past(row) == [None, None, None]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>往期回顾：</p><select onchange='location.href=this.value'>{}</select>",
        "<span>往期回顾</span><select onchange=\"MM_jumpMenu('parent',this,0)\">{}</select>",
        "<h3>往期回顾</h3><select id=past>{}</select><script>document.getElementById('past')</script>",
    ],
)
def test_past_issues_in_a_list_of_choices(markup: str) -> None:
    rows = "".join(f"<option value=/street/{17 + n}.html>{title}</option>" for n, title in enumerate(TITLES))
    found = find(markup.format(f"<option value=''>请选择</option>{rows}"))
    assert (titles(found), urls(found)) == (list(TITLES), EXPECTED)


@pytest.mark.parametrize(
    ("change", "script"),
    [
        ("location.href='/street/'+this.value+'.html'", ""),
        ("window.open('/street/'+this.options[this.selectedIndex].value+'.html')", ""),
        ("jump(this)", "function jump(s){var v=1;location.href='/street/'+s.options[s.selectedIndex].value+'.html'}"),
        ("jump(this.value)", "function jump(id){ if(id) window.location = '/street/' + id + '.html' }"),
    ],
)
def test_choices_whose_values_are_numbers(change: str, script: str) -> None:
    rows = "".join(f"<option value={17 + n}>{title}</option>" for n, title in enumerate(TITLES))
    found = find(f'<h3>往期回顾</h3><select onchange="{change}">{rows}</select><script>{script}</script>')
    assert (titles(found), urls(found)) == (list(TITLES), EXPECTED)


def test_choices_of_a_form_that_is_sent_at_once() -> None:
    rows = "".join(f"<option value={17 + n}>{title}</option>" for n, title in enumerate(TITLES))
    choice = f"<select name=id onchange=this.form.submit()>{rows}</select>"
    found = find(f"<h3>往期回顾</h3><form action=/show.asp><input type=hidden name=c value=3>{choice}</form>")
    assert urls(found) == [f"https://paper.example.cn/show.asp?c=3&id={n}" for n in (17, 18, 19)]


def test_a_list_of_friendly_sites_and_a_choice_of_years_lead_nowhere() -> None:
    friends = "".join(f"<option value=http://www.friend{n}.example.cn>友好单位第{n}号</option>" for n in range(20))
    years = "".join(f"<option value={n}>{n}年</option>" for n in range(2000, 2024))
    found = find(f"<select onchange=window.open(this.value)>{friends}</select><select name=year>{years}</select>")
    assert found.links == ()


def test_choices_that_only_a_script_understands_are_named() -> None:
    rows = "".join(f"<option value={17 + n}>{title}</option>" for n, title in enumerate(TITLES))
    found = find(f"<h3>往期回顾</h3><select onchange=show(this.value)><option>--请选择--</option>{rows}</select>")
    assert (titles(found), urls(found)) == (list(TITLES), [None, None, None])


def test_choices_that_a_button_sends() -> None:
    rows = "".join(f"<option value={17 + n}>{title}</option>" for n, title in enumerate(TITLES))
    form = f"<form action=show.asp><select name=id>{rows}</select><input type=submit value=查看></form>"
    assert urls(find(f"<h3>往期回顾</h3>{form}")) == [f"{STREET}show.asp?id={n}" for n in (17, 18, 19)]


def test_areas_of_a_picture_are_links() -> None:
    areas = "".join(f"<area href={17 + n}.html alt={title}>" for n, title in enumerate(TITLES))
    assert urls(find(f"<h3>往期回顾</h3><img usemap=#m src=a.png><map name=m>{areas}</map>")) == EXPECTED


def test_a_button_of_a_form_that_asks_nothing_is_a_link() -> None:
    form = "<form action=/read.php><input type=hidden name=id value=21><input type=submit value=下一篇></form>"
    assert urls(find(form), "next") == ["https://paper.example.cn/read.php?id=21"]
    search = form.replace("<input type=hidden", "<input type=text name=q><input type=hidden")
    assert urls(find(search), "next") == []
    assert urls(find(form.replace("<form", "<form method=post")), "next") == []


@pytest.mark.parametrize(
    ("charset", "sent"), [("gb2312", "%B5%DA%D2%BB%C6%DA"), ("utf-8", "%E7%AC%AC%E4%B8%80%E6%9C%9F")]
)
def test_a_query_is_sent_in_the_charset_of_its_page(charset: str, sent: str) -> None:
    row = f"<li><a href='/show.asp?qi=第一期'>{TITLES[0]}</a></li>"
    page = f"<meta charset={charset}><title>邻里食堂｜汤面</title><h1>邻里食堂｜汤面</h1><p>{'面馆的灯先亮。' * 20}</p>"
    found = extract_page(
        (page + PAST.format(row)).encode("gb18030" if charset == "gb2312" else charset), STREET + "20.html"
    )
    assert [link.url for link in found.links] == [f"https://paper.example.cn/show.asp?qi={sent}"]


def test_a_card_is_one_link_and_a_room_of_links_is_none() -> None:
    rows = "".join(f"<li><a href={17 + n}.html>{title}</a></li>" for n, title in enumerate(TITLES))
    found = find(f"<div data-url=/share.html><h3>往期回顾</h3><ul>{rows}</ul></div>")
    assert urls(found) == EXPECTED


def test_of_two_ways_of_a_function_the_one_with_the_number_is_taken_and_of_two_such_none() -> None:
    row = "<li><a href='javascript:show(N)'>T</a></li>"
    guarded = "function show(id){ if(!user) location.href='/login.html'; else location.href='/street/'+id+'.html' }"
    assert past(row, script=guarded) == EXPECTED
    either = "function show(id){ if(old) location.href='/a/'+id+'.html'; else location.href='/street/'+id+'.html' }"
    assert past(row, script=either) == [None, None, None]


@pytest.mark.parametrize(
    "row", ["<li><a href=# _url=/street/N.html>T</a>", "<li><a ng-click=\"go('N.html')\" href>T</a>"]
)
def test_the_attribute_with_the_address_may_be_called_anything(row: str) -> None:
    assert past(row) == EXPECTED


def test_a_page_that_sends_its_reader_nobody_knows_where_is_told() -> None:
    read = extract_page(b"<html><body><script>location.href = base + id</script></body></html>", STREET + "20.html")
    assert len(read.doubts) == 1
