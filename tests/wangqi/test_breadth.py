"""Which names of columns say only what kind of article stands there."""

import pytest

from wangqi.series.breadth import is_broad


@pytest.mark.parametrize(
    "name",
    [
        *(
            "要闻",
            "通知公告",
            "校园文化",
            "学校新闻",
            "柳溪新闻",
            "镇街动态",
            "政策解读",
            "媒体聚焦",
            "图说柳溪",
            "理论学习",
        ),
        *(
            "Python",
            "Machine Learning",
            "通讯报道",
            "前端开发",
            "数据库",
            "随笔",
            "生活随笔",
            "科教频道",
            "新聞中心",
            "未分类",
            "文学天地",
            "图说柳溪",
        ),
    ],
)
def test_a_column_of_news_or_of_a_subject_is_broad(name: str) -> None:
    assert is_broad(name)


@pytest.mark.parametrize(
    "name",
    [
        "灯下的织机",
        "问大夫",
        "渡口旧事",
        "桥头人家",
        "守灯塔的人",
        "匠人谱",
        "老街記憶",
        "简报",
        "柳溪周报",
        "Office of the Mayor",
    ],
)
def test_a_name_of_its_own_is_narrow(name: str) -> None:
    assert not is_broad(name)
