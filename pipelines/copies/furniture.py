"""Lines that belong to a page and not to its story; they count neither for nor against a copy."""

import re

_WORDS = (
    "当前位置|您的位置|首页|发布时间|发布日期|来源[:：]|浏览次数|阅读次数|点击数|点击量|字号|字体|打印本页|关闭窗口|分享到|收藏|"
    "责任编辑|责编|编辑[:：]|审核[:：]|审核人|监制|校对[:：]|初审|终审|签发|版权|转载|未经.{0,8}授权|本网|本站|免责声明|"
    "上一[篇条页]|下一[篇条页]|相关链接|相关阅读|相关新闻|延伸阅读|推荐阅读|往期|点击.{0,6}(?:查看|阅读|关注)|网站地图|联系我们|"
    "主办[:：单]|承办[:：单]|备案号|ICP备|公安备|分辨率|浏览器|技术支持|扫一扫|扫码|二维码|公众号|敬请期待|编者按|友情链接|"
    "微信|微博|客户端|返回顶部|违反上述声明|追究其"
)
_FURNITURE = re.compile(_WORDS)
_LONGEST = 200  # characters; a longer line is taken for text whatever it names


def is_furniture(line: str) -> bool:
    """Whether a sentence reads like navigation, credits, a notice or a footer."""
    return len(line) <= _LONGEST and _FURNITURE.search(line) is not None
