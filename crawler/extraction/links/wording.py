"""The words that Chinese pages put beside their links."""

import re

from wangqi.text.folding import simpler

__all__ = ["simpler"]

# What closes a block whatever stands above it.
CLOSES = re.compile(
    r"^(?:来源|作者|编辑|责任编辑|责编|主编|主理|主办|承办|审核|校对|监制|出品|策划|文字|图片|摄影|备案号|版权|声明|免责|转载|关注我们|扫码|"
    r"点赞|分享|收藏|评论|留言|联系|电话|地址|邮编|举报|更多故事|未完待续|END|\(?完\)?$|微信|打赏|赞赏|阅读原文|发表评论)",
    re.IGNORECASE,
)

_WHAT = (
    r"[一1]?\s*(?P<what>篇|章|回|节|集|话|讲|课|期|天|日|页|条|个(?=\W*$|\s*[:：])|组|张|则|部|卷|版"
    r"|个(?:帖子?|话题|主题|故事)(?=\W*$|\s*[:：])|(?<=[一1])[件幅首位款例封辑](?=\W*$|\s*[:：]))"
)
_JAPANESE = "(?:记事|ページ|投稿|章|节|回|话|セクション|エントリー?|ポスト)"
_KOREAN = r"\s?(?:글|포스트|편|페이지|장|강|회)(?=\W|$)"
PREV = re.compile(
    rf"^\W*(?:阅读|查看|看|到|返回)?(?:上|前){_WHAT}|^\W*[向往]前(?=\W*$)|^\W*前(?:の{_JAPANESE}|へ(?=\W*$))|^\W*이전{_KOREAN}"
)
NEXT = re.compile(
    rf"^\W*(?:阅读|查看|看|到)?(?:下|后){_WHAT}|^\W*[向往]后(?=\W*$)|^\W*次(?:の{_JAPANESE}|へ(?=\W*$))|^\W*다음{_KOREAN}"
)
PREV_WORD = re.compile(
    r"^\W*(?:(?:previous|prev|older)\b|(?:较[旧早]|更早)的?(?:一?[篇条]|博文|博客|文章|帖子|日志))",
    re.IGNORECASE,
)
NEXT_WORD = re.compile(r"^\W*(?:(?:next|newer)\b|较新的?(?:一?[篇条]|博文|博客|文章|帖子|日志))", re.IGNORECASE)
# Units that only the parts of one work are counted in.
PARTS = frozenset("章回节集话讲课部卷")
# What a reader turns to in one work: the pages of a manual are turned by 下一页.
LEAVES = PARTS | {"页"}
# Units behind 第 that count the pieces of one thing.
COUNTED = PARTS | frozenset("期辑弹季篇")
NOWHERE = re.compile(r"^\W*(?:没有|无|暂无|已是|已经是|返回|回到|到头|最后一|第一[篇页章]|尽头|目录)")

MORE = re.compile(
    r"^\W*(?:查看|阅读|点击)?\s*(?:更多|more|全部|所有)(?:文章|内容|往期|>>)?\W*$|^\W*(?:查看|点击)(?:更多|全部|往期)",
    re.IGNORECASE,
)
# A way up to the contents of one work, not to a list of the site.
CONTENTS = re.compile(
    r"^\W*(?:查看|返回|回到?|阅读|点此)?.{0,6}(?:本|该|全|系列|专栏|专题|连载|章节|全书)(?:的?目录|列表)?\W*$"
)
BACK = re.compile(
    r"^\W*(?:返回?|回到?)(?:上级|本?栏目|列表|目录|首?页?列表|专栏|专题|书页)"
    r"|^\W*(?:返?目录|章节列表|书目|全书目录|专栏目录|栏目列表|列表)\W*$"
)
HOME = re.compile(r"^\W*\S{0,6}?(?:首页|主页|home)\W*$", re.IGNORECASE)

# Words beside the name of an account or an author.
ACCOUNT = re.compile(r"关注|粉丝|订阅|文章数|公众号|[号博]主|作者|来源|投稿|主页")
