"""Pages that only send their reader on."""

import pytest

from crawler.extraction.source.signpost import leads_on

URL = "https://paper.example.cn/old/20.htm"
TARGET = "https://paper.example.cn/a/20.html"


@pytest.mark.parametrize(
    "page",
    [
        "<meta http-equiv=refresh content='0;url=/a/20.html'>",
        '<META HTTP-EQUIV="Refresh" CONTENT="3; URL=\'../a/20.html\'"><p>三秒后转到新地址</p>',
        "<meta http-equiv=refresh content='0, /a/20.html'>",
        "<base href=/a/><meta http-equiv=refresh content='0;URL=20.html'>",
        "<script>location.href='/a/20.html'</script>",
        '<script>window.location.replace("/a/20.html");</script><a href=/a/20.html>若没有跳转请点这里</a>',
        "<script>var to='/a/'+20+'.html'; top.location=to;</script>",
        "<script>setTimeout(function(){ location.assign('/a/20.html') }, 500)</script>",
        "<script>function go(){ self.location.href='/a/20.html' } go()</script>",
        "<script>window.navigate('/a/20.html')</script>",
        "<a id=to href=/a/20.html></a><script>document.getElementById('to').click()</script>",
        "<body onload=\"location='/a/20.html'\"></body>",
    ],
)
def test_it_says_where_it_leads(page: str) -> None:
    assert leads_on(f"<html><head>{page}".encode(), URL) == TARGET


@pytest.mark.parametrize(
    "page",
    [
        "<meta http-equiv=refresh content='300;url=/a/20.html'>",
        "<meta http-equiv=refresh content=0>",
        "<meta http-equiv=refresh content='0;url=20.htm'>",
        "<meta http-equiv=refresh content='5;url=/'><p>您访问的页面不存在，五秒后回到首页</p>",
        "<noscript><meta http-equiv=refresh content='0;url=/nojs.html'></noscript>",
        "<meta http-equiv=refresh content='0;url=/a/20.html'>"
        + "<p>渡轮停航半个月以后昨天开了首班，船上坐满了人。</p>" * 9,
        "<script>if(/Mobile/.test(navigator.userAgent)) location.href='/m/20.html'</script>",
        "<script>document.cookie='k=1'; location.href='/a/20.html?k=1'</script>",
        "<script>if(a) location.href='/a/1.html'; else location.href='/a/2.html'</script>",
        "<script>location.href = location.href.replace('http:', 'https:')</script>",
        "<script>var x = new XMLHttpRequest(); x.open('GET', '/api/20')</script>",
        "<script src=/app.js></script><div id=app></div>",
    ],
)
def test_it_stays_where_it_is(page: str) -> None:
    assert leads_on(f"<html><head>{page}".encode(), URL) is None


def test_a_header_says_it_too() -> None:
    assert leads_on(b"", URL, {"Refresh": "0; url=/a/20.html"}) == TARGET
