"""What mp.weixin.qq.com pages keep in scripts: shares without an article element, title, account and author."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.model import Credit
from crawler.extraction.variables import assigned

_HOSTS = ("mmbiz", "mp.weixin.qq.com", "res.wx.qq.com")
_MARKS = ("rich_media_content", "appmsg_skin_default", "window.item_show_type", "wx_wap_page")
_TAG = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChat:
    """Facts of a WeChat page.

    Attributes:
        article: The element that holds the article, or None.
        title: As the scripts say it, or None.
        share_text: Text as the scripts say it, for shares whose article element is empty.
        pictures: The page is a share of pictures.
    """

    article: HtmlElement | None
    title: str | None
    credits: tuple[Credit, ...]
    share_text: str
    pictures: bool

    @property
    def empty(self) -> bool:
        """Whether the page holds neither an article nor a share."""
        return self.article is None and not self.share_text and not self.pictures


def wechat_facts(tree: HtmlElement, source: str) -> WeChat | None:
    """None for a page that does not bear the marks of the platform's template in its first 64 KiB."""
    head = source[:65536]
    if not any(host in head for host in _HOSTS) or not any(mark in source for mark in _MARKS):
        return None
    article = tree.get_element_by_id("js_content", None)
    return WeChat(
        article=article,
        title=_first(source, "var msg_title", "window.msg_title") or None,
        credits=tuple(_credits(tree, source)),
        pictures="picture_page_info_list" in source,
        share_text=_TAG.sub("", _first(source, "content_noencode")),
    )


def _credits(tree: HtmlElement, source: str) -> list[Credit]:
    name = tree.get_element_by_id("js_name", None)
    account = " ".join("".join(name.itertext()).split()) if name is not None else ""
    account = account or _first(source, "var nickname", "nick_name", "window.nickname")
    author = _meta_author(tree) or _first(source, "var author", "window.author")
    found = [Credit(role="account", name=account, raw=account)] if account else []
    return [*found, Credit(role="author", name=author, raw=author)] if author else found


def _meta_author(tree: HtmlElement) -> str:
    for node in tree.iter("meta"):
        named = node.get("name") == "author" or node.get("property") == "og:article:author"
        if named and (content := (node.get("content") or "").strip()):
            return content
    return ""


def _first(source: str, *names: str) -> str:
    return next((value.strip() for value, _ in assigned(source, *names) if value.strip()), "")
