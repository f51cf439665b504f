"""Lines that belong to a page and not to its story; they count neither for nor against a copy."""

import re

_FURNITURE = re.compile(
    "当前位置|您的位置|您现在的位置|首页 ?[>»-]|"
    "发布时间|发布日期|来源[:：]|浏览次数|阅读次数|点击数|点击量|字号|字体|打印本页|"
    "关闭窗口|分享到|责任编辑|责编|编辑[:：]|审核[:：]|审核人|监制|校对[:：]|初审|终审|签发[:：]|版权(?:声明|所有|均?属|归)|未经.{0,12}授权|"
    "凡本[网站]|本[网站]将|已经本[网站]|免责声明|违反上述声明|上一[篇条页]|下一[篇条页]|相关(?:链接|阅读|新闻)|延伸阅读|推荐阅读|"
    "往期|点击.{0,6}(?:查看|阅读|关注)|网站地图|联系我们|主办(?:单位)?[:：]|承办(?:单位)?[:：]|备案号|ICP备|公安备|浏览器|技术支持[:：]|"
    "扫一扫|长按.{0,4}二维码|返回顶部|友情链接|敬请期待"
)
_LONGEST = 200  # characters; a longer line is taken for text whatever it names


def is_furniture(line: str) -> bool:
    """Whether a line reads like navigation, credits, a notice or a footer."""
    return len(line) <= _LONGEST and _FURNITURE.search(line) is not None
