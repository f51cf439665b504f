"""What mp.weixin.qq.com pages keep in scripts: the article, its title, account and author."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.model import Credit
from crawler.extraction.platforms.wechat.content import CONTENT, restore, shows_something, what_is_shared
from crawler.extraction.source.variables import assigned

_HOST = "mp.weixin.qq.com"
_SERVERS = ("mmbiz", _HOST, "res.wx.qq.com")
_CLASSES = ("rich_media_content", "appmsg_skin_default")
_SCRIPTS = ("window.item_show_type", "wx_wap_page", "window.cgiData", "var msg_title", "window.msg_title")
_NAMES = re.compile(r"(?:^|\s)(?:profile_nickname|wx_follow_nickname|account_nickname_inner)(?:\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChat:
    """Facts of a WeChat page.

    Attributes:
        article: The element that holds the article, or None.
        title: As the scripts say it, or None.
        share: What the page shares, in a word; None of an article.
    """

    article: HtmlElement | None
    title: str | None
    credits: tuple[Credit, ...]
    share: str | None


def wechat_facts(tree: HtmlElement, source: str, url: str) -> WeChat | None:
    """None for a page of another platform.

    The platform's classes and pictures prove nothing elsewhere, where people paste what they wrote there; a saved page
    is known by its scripts, which nobody pastes. An article that only the page's script holds becomes part of the tree.
    """
    head = source[:65536]
    marks = (*_CLASSES, *_SCRIPTS) if _is_at_home(url) else _SCRIPTS
    if not any(server in head for server in _SERVERS) or not any(mark in source for mark in marks):
        return None
    title = _first(source, "var msg_title", "window.msg_title") or _named_in_data(source) or None
    title = title and title.splitlines()[0]  # a share of words bears them all as its title
    names = tuple(_credits(tree, source))
    article = tree.get_element_by_id(CONTENT, None)
    share = what_is_shared(source)
    if article is None or share or not shows_something(article):
        # In a share the element holds the names of account and day, and waits for the rest.
        restored = restore(tree, article, source, title)
        article = article if restored is None and article is not None and shows_something(article) else restored
    return WeChat(article=article, title=title, credits=names, share=share)


def _is_at_home(url: str) -> bool:
    try:
        return urlsplit(url).hostname == _HOST
    except ValueError:
        return False


def _named_in_data(source: str) -> str:
    """The title in the data of newer layouts, which name the account first."""
    at = source.find("window.cgiDataNew")
    names = source.find("nick_name", at, at + 4_000) if at >= 0 else -1
    found = assigned(source[names : names + 4_000], " title") if names >= 0 else ()
    return next((value.strip() for value, _ in found if value.strip()), "")


def _credits(tree: HtmlElement, source: str) -> list[Credit]:
    account = _shown_account(tree) or _first(source, "var nickname", "nick_name", "window.nickname")
    author = _meta_author(tree) or _first(source, "var author", "window.author")
    found = [Credit(role="account", name=account, raw=account, place="platform")] if account else []
    return [*found, Credit(role="author", name=author, raw=author, place="platform")] if author else found


def _shown_account(tree: HtmlElement) -> str:
    name = tree.get_element_by_id("js_name", None)
    marked = (node for node in tree.iter("strong", "span", "div", "a") if _NAMES.search(node.get("class") or ""))
    shown = (" ".join("".join(node.itertext()).split()) for node in (name, *marked) if node is not None)
    return next(filter(None, shown), "")


def _meta_author(tree: HtmlElement) -> str:
    for node in tree.iter("meta"):
        named = node.get("name") == "author" or node.get("property") == "og:article:author"
        if named and (content := (node.get("content") or "").strip()):
            return content
    return ""


def _first(source: str, *names: str) -> str:
    return next((value.strip() for value, _ in assigned(source, *names) if value.strip()), "")
