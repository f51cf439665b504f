"""Chinese names of persons that stand alone in a line, told by their surname."""

import re

from wangqi.text.folding import simpler

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐梅"
    "莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆常皮康俱温"
)
_LONG = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|慕容|令狐|端木|夏侯|公孙|尉迟|长孙|宇文|范姜|张简"
_TITLES = r"(?:\S{0,8}(?:委员|记者|教授|主编|编辑|评论员|作家|博士|律师|主任|研究员|专栏|特约|撰稿人|主笔))"
_NAME = re.compile(
    rf"(?P<name>(?:[{_SURNAMES}][\u4e00-\u9fff]{{2}}|(?:{_LONG})[\u4e00-\u9fff]{{1,2}}))(?:\s+{_TITLES})?"
)
# 高雄市, 马拉松, 方便面, 金融业: words that begin like names.
_NO_NAME = re.compile(
    r"[省市区县乡镇村路街网报社台版页篇站馆院校局部厅党队赛展业率法化性者们的了吗图片]$|新闻|时间|日期|记者|编辑|来源|中心|马拉松|方便|金融|安全|关注|关于|"
    r"全文|分享|打印|成人|应用|解读|查看|查询|简介|简体|繁体|计算|方法|高中|高考|房地产|水务|保险|华人|都会|时事|时政|连载|盛事|封面|万象|任务|解决|来自|明日"
)


def begins_like_a_name(text: str) -> bool:
    """Whether the first characters of a simplified text are a surname."""
    return text[:1] in _SURNAMES or re.match(_LONG, text) is not None


def is_signature(line: str) -> str | None:
    """The name when the line is only that, or that and an office: "康大文", "康大文 河岸报评论员"; else None."""
    text = line.strip(" 　-—")
    plain = simpler(text)
    found = _NAME.fullmatch(plain)
    return text[found.start("name") : found.end("name")] if found and not _NO_NAME.search(found["name"]) else None
