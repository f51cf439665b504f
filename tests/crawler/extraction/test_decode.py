import pytest

from crawler.extraction.source.decode import decode

TEXT = "招商工作要有恒心，也要有耐心。"


@pytest.mark.parametrize(
    ("codec", "label", "expected"),
    [
        ("utf-8", "gb2312", "utf-8"),  # stale label of a page saved by a browser
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", None, "gb18030"),
        ("big5hkscs", "big5", "big5hkscs"),
        ("gb18030", "no-such-codec", "gb18030"),
    ],
)
def test_label_is_believed_only_when_bytes_agree(codec, label, expected):
    text = TEXT if codec != "big5hkscs" else "招商工作要有恆心，也要有耐心。"
    meta = f'<meta charset="{label}">' if label else ""
    decoded = decode((meta + text).encode(codec))
    assert decoded.text.endswith(text)
    assert (decoded.encoding, decoded.declared, decoded.replaced) == (expected, label, 0)


def test_header_speaks_when_the_page_does_not():
    decoded = decode(TEXT.encode("gb18030"), {"content-type": "text/html; charset=GBK"})
    assert decoded.declared == "gbk"
    assert decoded.text == TEXT


def test_dirty_bytes_are_counted():
    decoded = decode(b'<meta charset="gbk">' + TEXT.encode("gb18030") + b"\xff\xff<p>")
    assert decoded.encoding == "gb18030"
    assert decoded.replaced > 0
    assert TEXT in decoded.text


@pytest.mark.parametrize("label", ["", "<meta charset=gb2312>", "<meta charset=big5>"])
def test_big5_is_told_from_gbk_by_its_common_characters(label):
    text = "今天河岸的風很大，守橋的人在橋上走了十二個來回，他說這是他的本分，也是他的日子。"
    decoded = decode((label + text).encode("big5"))
    assert decoded.encoding == "big5hkscs"
    assert decoded.text.endswith(text)
