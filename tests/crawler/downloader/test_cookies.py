"""Cookies are kept without asking anybody but the site."""

import pytest
from scrapy.downloadermiddlewares import cookies
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from crawler.downloader.cookies import Cookies


def test_public_suffixes_are_those_that_came_with_the_installation() -> None:
    Cookies.from_crawler(get_crawler(settings_dict={"COOKIES_ENABLED": True}))
    assert cookies._split_domain.suffix_list_urls == ()
    assert cookies._is_public_domain("com.cn")
    assert not cookies._is_public_domain("ferry.com.cn")


def test_none_are_kept_unless_somebody_says_so() -> None:
    with pytest.raises(NotConfigured):
        Cookies.from_crawler(get_crawler(settings_dict={"COOKIES_ENABLED": False}))
