"""Whether the name of a column says only what kind of article it holds: such a column is no series. Pure."""

import re
from typing import Final

from wangqi.text.folding import fold, simpler

_SHORTEST: Final = 3  # 随笔, 读书: words of two sort articles
# What articles are about, where they come from, and what kind they are: alone or side by side they name no series.
_WORDS: Final = 3  # Letters from the River, and not Machine Learning
_ISSUES: Final = re.compile("[简周月季年]报|[周月季年]刊|通讯")  # what comes out in issues, 简报, is a series
_SORTS: Final = (
    "要闻|新闻|时政|国内|国际|国外|社会|财经|经济|金融|股市|商业|科技|科学"
    "|体育|娱乐|文化|文艺|文学|教育|教学|健康|医疗|卫生|生活|民生|旅游|旅行"
    "|汽车|房产|军事|法治|法制|法律|评论|观点|言论|理论|思想|图片|图说|视频"
    "|音频|专题|专栏|深度|滚动|最新|最近|今日|每日|本地|本网|本站|本报|本刊"
    "|本校|本院|我校|地方|区县|镇街|乡镇|街道|基层|部门|单位|工作|政务|政府"
    "|政策|法规|党建|党务|党史|机关|学校|校园|校友|学院|学生|学术|教师|教研"
    "|科研|招生|就业|培训|系部|院系|班级|社团|企业|公司|行业|产业|产品|集团"
    "|媒体|聚焦|关注|信息|资讯|动态|进展|公告|公示|通知|通告|通报|公开|文件"
    "|解读|下载|服务|办事|指南|帮助|概况|简介|介绍|关于|活动|快讯|简讯"
    "|快报|报道|头条|热点|热门|推荐|精选|精彩|综合|其他|其它|重要|重点|特别"
    "|特色|特写|未分类|默认|分类|全部|所有|随笔|杂谈|杂文|散文|诗歌|小说|日记"
    "|日志|笔记|心情|感悟|技术|编程|程序|开发|前端|后端|移动|运维|测试|设计"
    "|数据|数据库|算法|架构|语言|框架|工具|软件|硬件|网络|网站|系统|安全"
    "|互联网|人工智能|机器学习|人物|专家|领导|讲话|会议|调研|检查|学习|交流"
    "|合作|对外|外事|财务|人事|人才|统计|规划|计划|总结|报告|研究|案例|经验"
    "|成果|荣誉|榜样|先进|典型|风采|风貌|展示|展播|回顾|往期|历史|地理|人文"
    "|民俗|艺术|书画|摄影|美食|时尚|情感|亲子|育儿|女性|老年|青年|少年|儿童"
    "|读书|阅读|书评|影评|电影|音乐|游戏|札记|杂记|随记|手记|游记|记录|碎语|闲聊|乱弹|资源|建站|折腾|吐槽|站务|杂写|文章|文摘"
    "|农业|农村|三农|工业|环保|生态|环境|气象|交通|城建|城市|乡村"
)
_ROOMS: Final = (
    "频道|栏目|中心|专区|园地|天地|之窗|窗口|平台|板块|版块|文章|内容|列表|目录|博客|社区|论坛|大全"
    "|区|版|类|库|网|报|社|站|页"
)
_JOINS: Final = "[与和及的、/·&+|-]"
_WHOLLY: Final = re.compile(rf"(?:{_SORTS}|{_ROOMS}|{_JOINS})+")
# A column of news whoever's it is: 柳溪新闻, 镇街动态, 图说柳溪.
_ENDS: Final = re.compile(
    "(?:新闻|要闻|动态|资讯|公告|公示|通知|通告|快讯|简讯|播报|速递|速览|头条|热点|信息|政策|法规|文件|报道|消息"
    "|中心|频道|栏目|首页|主页|文章|博客|大全|未分类)$"
)
_BEGINS: Final = re.compile("(?:图说|图片|视频|视听|影像|最新|更多|全部|其他|其它|关于)")


def is_broad(name: str) -> bool:
    """Whether a column of this name holds whatever its site has of a kind: 要闻, 校园文化, 柳溪动态, Python.

    >>> is_broad("通知公告"), is_broad("墨香亭")
    (True, False)
    """
    words = simpler(fold(name)).split()
    word = "".join(words)
    if word.isascii():
        return len(words) < _WORDS
    if len(word) < _SHORTEST and not _ISSUES.search(word):
        return True
    return bool(_WHOLLY.fullmatch(word) or _ENDS.search(word) or _BEGINS.match(word))
