"""A text in the manner of a hijacked site: words swapped by a spinner's list, punctuation tripled, a brand put in."""

import re

BRAND = "鲤跃777"
# Pairs of the kind that spinning software uses: a near-synonym that no editor would have chosen.
SWAPS = {
    "附近": "四周",
    "时间": "时刻",
    "安排": "安顿",
    "认真": "当真",
    "问题": "题目",
    "发现": "发明",
    "检查": "磨练",
    "孩子们": "娃儿们",
    "消息": "新闻",
    "商量": "磋商",
    "记录": "纪录",
    "知道": "晓得",
    "每天": "逐日",
    "老人": "白叟",
    "一起": "一路",
    "大概": "或许",
    "打转": "转圈",
    "必须": "必需",
}
BRANDED = {"写表的人": f"{BRAND}写表的人", "今年春天": f"{BRAND}今年春天", "守闸的人": f"{BRAND}守闸的人"}
_WORD = re.compile("|".join(map(re.escape, sorted((*SWAPS, *BRANDED), key=len, reverse=True))))
_STOP = re.compile("[，。；]")


def spin(text: str) -> str:
    """The spun text; the same for the same input."""
    swapped = _WORD.sub(lambda word: BRANDED.get(word[0]) or SWAPS[word[0]], text)
    return _STOP.sub(lambda stop: stop[0] * (4 if stop[0] in "。；" else 3), swapped)
