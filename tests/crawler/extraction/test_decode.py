import pytest

from crawler.extraction.source.decode import decode

TEXT = "招商工作要有恒心，也要有耐心。我们在这里说的是大家的事，不是一个人的事。"


@pytest.mark.parametrize(
    ("codec", "label", "expected"),
    [
        ("utf-8", "gb2312", "utf-8"),  # stale label of a page saved by a browser
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", None, "gb18030"),
        ("big5hkscs", "big5", "big5hkscs"),
        ("gb18030", "no-such-codec", "gb18030"),
        ("gb18030", "iso-8859-1", "gb18030"),
        ("gb18030", "koi8-r", "gb18030"),
        ("big5hkscs", "windows-1252", "big5hkscs"),
        ("hz", "hz-gb-2312", "hz"),
        ("hz", None, "hz"),
        ("hz", "utf-8", "hz"),
    ],
)
def test_row_22_label_is_believed_only_when_bytes_agree(codec, label, expected):
    text = TEXT if codec != "big5hkscs" else "招商工作要有恆心，也要有耐心。我們在這裡說的是大家的事，不是一個人的事。"
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


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        (
            "iso-8859-1",
            "cp1252",
            "L'été, à la rivière, le passeur a répété : « même le maïs arrive à l'heure. » Où ça ? ",
        ),
        (
            "windows-1252",
            "cp1252",
            "Über die Brücke gehen täglich Schüler; später öffnet die Bäckerei für alle Gäste. ",
        ),
        (
            "koi8-r",
            "koi8-r",
            "Паромщик возил людей через реку, и все в деревне знали его собаку. Весной пахло смолой. ",
        ),
    ],
)
def test_row_22_letters_of_the_west_and_of_russia_are_not_taken_for_chinese(label, codec, text):
    decoded = decode(f'<meta charset="{label}">{text * 20}'.encode(codec))
    assert decoded.text.endswith(text * 20)


def test_row_22_a_page_about_a_wave_and_a_brace_is_ascii():
    text = "In a shell, ~{a,b} is a word that begins with a wave; nothing else is to be seen here."
    assert decode(text.encode()).text == text
