"""A site of twelve series that share two templates: numbered ones under a name, and columns of plain titles; beside
them news and notices, which are no series. All of it is invented.
"""

NUMBERED = ("老桥灯火", "渡口人家", "河口采风录", "石埠茶话", "灯下修书", "青瓦夜谈")
COLUMNS = ("墨香亭", "砚边小记", "柳荫絮语", "舟行散记", "旧铺新声", "晒谷场上")
BROAD = ("新闻动态", "通知公告")
_PLAIN = (
    *("雨水敲在铁皮棚上", "阿婆的腌菜缸", "半夜里的火车", "修鞋摊前的板凳", "河对岸有人唱戏", "木匠收工以后"),
    *("一把旧算盘", "井水煮的面", "晾衣绳与风", "搬家那天的猫", "谁在敲隔壁的门", "路灯坏了三天"),
)
_NEWS = (
    "市里召开防汛工作会议",
    "新校区今日启用",
    "图书馆延长开放时间",
    "本周停水安排",
    "招聘结果揭晓",
    "春季运动会闭幕",
)
_BODY = "".join(
    f"<p>第{n}天，船工把缆绳解开，河水退到石阶以下，岸边的人说今年的渡口比往年热闹。</p>" for n in range(12)
)


def site() -> dict[str, str]:
    """The pages by their paths."""
    columns = {name: f"/{place}/" for place, name in enumerate((*NUMBERED, *COLUMNS, *BROAD), start=1)}
    menu = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in columns.items())
    pages: dict[str, str] = {}
    newest = ""
    for place, (name, path) in enumerate(columns.items()):
        rows = ""
        for number in range(8, 0, -1):
            if name in NUMBERED:
                title = f"{name}（{number}）：{_PLAIN[(place + number) % 12]}"
            elif name in COLUMNS:
                title = f"{_PLAIN[(place * 5 + number) % 12]}{'里外下中上前后间'[number - 1]}"
            else:
                title = f"{_NEWS[number % 6]}{'（续）' if number > 6 else ''}"
            url, day = f"{path}{number}.html", f"2026-0{number}-1{place % 10}"
            rows += f'<li><a href="{url}">{title}</a><span>{day}</span></li>'
            newest += f'<li><a href="{url}">{title}</a></li>' if number == 8 else ""
            pages[url] = _page(f"{title}_河东网", f"<h1>{title}</h1><p>{day} 来源：河东日报</p>{_BODY}", menu)
        if place % 2:  # one template or the other
            body = f'<div class="list"><h2>{name}</h2><ul>{rows}</ul></div>'
        else:
            cells = rows.replace("<li>", "<tr><td>").replace("</li>", "</td></tr>")
            body = f"<table><caption>{name}</caption>{cells}</table>"
        pages[path] = _page(f"{name}-河东网", body, menu)
    pages["/"] = _page("河东网", f"<h2>最新</h2><ul>{newest}</ul>", menu)
    return pages


def _page(title: str, body: str, menu: str) -> str:
    return f"<html><head><title>{title}</title></head><body><ul class=menu>{menu}</ul>{body}</body></html>"
