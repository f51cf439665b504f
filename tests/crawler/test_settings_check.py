"""Row 23 of issue 12: a setting that cannot be read is named with its value and what it takes."""

import pytest
from scrapy.settings import Settings

from crawler import settings
from crawler.settings_check import check_settings, unreadable


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RUN_MAX_PAGES", "x"),
        ("RUN_MAX_PAGES", "-1"),
        ("RUN_MAX_PAGES", "1.5"),
        ("RUN_MAX_MINUTES", "an hour"),
        ("DOWNLOAD_MAXSIZE", "10MB"),
        ("EXTRACT_TIMEOUT", "inf"),
        ("DOWNLOAD_DELAY", "nan"),
        ("ROBOTSTXT_OBEY", "maybe"),
        ("ALLOWED_ADDRESSES", "localhost"),
        ("ALLOWED_ADDRESSES", '["127.0.0.0/8", "10.0.0.0/99"]'),
        ("ALLOWED_PORTS", "80,http"),
        ("ALLOWED_PORTS", "99999"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=rf"The setting {name} is .*; it takes "):
        check_settings(Settings({name: value}))


def test_what_can_be_read_is_well() -> None:
    ours = {name: value for name, value in vars(settings).items() if name.isupper()}
    assert unreadable(Settings(ours)) is None
    good = {"RUN_MAX_PAGES": "12", "DOWNLOAD_DELAY": "0", "ALLOWED_PORTS": "any", "ROBOTSTXT_OBEY": "False"}
    assert unreadable(Settings(good | {"ALLOWED_ADDRESSES": "127.0.0.1/8,::1"})) is None
