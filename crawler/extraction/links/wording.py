"""The words that Chinese pages put over and beside their links."""

import re

# A heading that promises other parts of the same series.
SERIES = re.compile(
    r"(?:本|全|该|同)系列|系列(?:文章|报道|推文|作品|专题|回顾|其他|其它|之|目录|阅读|往期|合集|导航|推送|节目|内容)|连载|前期报道|前文(?:回顾|提要|链接)"
    r"|此前报道|上期(?:回顾|链接|报道|内容|推荐)|上集回顾|前情(?:回顾|提要)|专栏(?:文章|往期)|全部(?:文章|期数|章节)|往期.{0,16}系列|系列.{0,8}(?:回顾|往期)|文章列表$"
)
# A breadcrumb is no heading, whatever columns it names.
PLACE = re.compile(r"位置|[>›»→]\s*\S+\s*(?:->|[>›»→])")
# A heading that promises earlier pieces, of the series or only of the publisher.
PAST = re.compile(
    r"往期|往年|往届|历期|历届|过往|以往|前期|早期|旧文|历史(?:文章|回顾|推文|消息)|(?:精彩|经典|文章|好文)回顾|过刊|更早"
)
# A heading that promises something like it.
RELATED = re.compile(
    r"(?:相关|延伸|扩展|拓展|推荐|更多|关联|猜你|热门|最新|精彩|热点|编辑|精选|大家|你可能|为您|为你|其他|随机|好文|本站|本周|本月|本类|同类|类似|原创).{0,4}"
    r"(?:阅读|链接|文章|报道|新闻|推荐|喜欢|内容|资讯|专题|信息|排行|推送|评论|图片|视频|作品|稿件|热门|感兴趣|稿|文)|相关$|排行榜?|点击榜|猜你喜欢|链接$|推荐$"
)
# 往期 of these is a library of issues, not the series of the story.
PRINT_ARCHIVE = re.compile(r"(?:数字|电子|往期)(?:报刊|报纸|报$|杂志|期刊|刊物)|读报|版面|过刊")
RECOMMENDS = re.compile(r"推荐|精选|好文|精彩|热门|荐读|推送")
LONGEST_HEADING = 40
# What closes a block whatever stands above it.
CLOSES = re.compile(
    r"^(?:来源|作者|编辑|责任编辑|责编|主编|主理|主办|承办|审核|校对|监制|出品|策划|文字|图片|摄影|备案号|版权|声明|免责|转载|关注我们|扫码|"
    r"点赞|分享|收藏|评论|留言|联系|电话|地址|邮编|举报|更多故事|未完待续|END|\(?完\)?$|微信|打赏|赞赏|阅读原文|发表评论)",
    re.IGNORECASE,
)

DIRECTION = re.compile(
    r"[上下前后][一1篇章回节集话讲课期天日页条个组张步则部卷版 ]|prev|next|older|newer", re.IGNORECASE
)
_WHAT = r"[一1]?\s*(?P<what>篇|章|回|节|集|话|讲|课|期|天|日|页|条|个|组|张|步|则|部|卷|版)"
PREV = re.compile(rf"^\W*(?:阅读|查看|看|到|返回)?(?:上|前){_WHAT}")
NEXT = re.compile(rf"^\W*(?:阅读|查看|看|到)?(?:下|后){_WHAT}")
PREV_WORD = re.compile(r"^\W*(?:previous|prev|older)\b(?!\s*page)", re.IGNORECASE)
NEXT_WORD = re.compile(r"^\W*(?:next|newer)\b(?!\s*page)", re.IGNORECASE)
# Units that only the parts of one work are counted in.
PARTS = frozenset("章回节集话讲课部卷")
NOWHERE = re.compile(r"^\W*(?:没有|无|暂无|已是|已经是|返回|回到|到头|最后|第一|尽头|目录)")

MORE = re.compile(
    r"^\W*(?:查看|阅读|点击)?\s*(?:更多|more|全部|所有)(?:文章|内容|往期|>>)?\W*$|^\W*(?:查看|点击)(?:更多|全部|往期)",
    re.IGNORECASE,
)
BACK = re.compile(
    r"^\W*(?:返回?|回到?)(?:上级|本?栏目|列表|目录|首?页?列表|专栏|专题|书页)|^\W*(?:返?目录|章节列表|书目|全书目录|专栏目录|栏目列表|列表)\W*$"
)
HOME = re.compile(r"^\W*(?:首页|主页|网站首页|home|返回首页)\W*$", re.IGNORECASE)
