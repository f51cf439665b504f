"""What stands around the text on a real page: menus, scripts, styles, share widgets, lists of other news.

Measured on 97 saved news pages: median 64 KB, 6 to 11 elements a KB (fewer on big pages), a tenth to a quarter of the
bytes in scripts and styles, one element in five a link. The pools below are mixed to those shares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from random import Random

from benchmarks.prose import headline, sentence

POOL_BYTES = 160_000
# The share of scripts and styles, by the size of the page: up to so many bytes, so much. The last one is an article
# page of a messaging app, megabytes of scripts around one text.
SCRIPT_SHARES = ((60_000, 0.12), (120_000, 0.18), (1_000_000, 0.26), (10_000_000, 0.9))


@dataclass(frozen=True, slots=True)
class Furniture:
    """The pieces of one site's template."""

    scripts: tuple[str, ...]
    menus: tuple[str, ...]
    cards: tuple[str, ...]

    @classmethod
    def of_site(cls, rng: Random) -> "Furniture":
        return cls(
            scripts=_pool(_script, rng),
            menus=_pool(_menu, rng),
            cards=_pool(_card, rng),
        )

    def around(self, size: int, rng: Random) -> tuple[str, str, str]:
        """Head, top and bottom of a page, together about `size` bytes."""
        scripts = int(size * next(share for limit, share in SCRIPT_SHARES if size <= limit))
        rest = size - scripts
        return (
            _take(self.scripts, scripts, rng),
            SHARE + _take(self.menus, int(rest * 0.4), rng),
            _take(self.cards, int(rest * 0.6), rng) + SHARE,
        )


SHARE = """<div class="share-box clearfix" id="share"><span>分享到：</span>
<a class="icon icon-wx" href="javascript:;" data-cmd="weixin" title="分享到微信"></a>
<a class="icon icon-wb" href="javascript:;" data-cmd="tsina" title="分享到微博"></a>
<a class="icon icon-qz" href="javascript:;" data-cmd="qzone" title="分享到空间"></a>
<div class="qrcode" style="display:none"><p>扫一扫，用手机看</p></div></div>
"""


def _pool(make: Callable[[Random], str], rng: Random) -> tuple[str, ...]:
    pieces: list[str] = []
    made = 0
    while made < POOL_BYTES:
        pieces.append(make(rng))
        made += len(pieces[-1].encode())
    return tuple(pieces)


def _take(pool: tuple[str, ...], size: int, rng: Random) -> str:
    """Pieces from a random place of the pool on, until they make `size` bytes."""
    start = rng.randrange(len(pool))
    taken: list[str] = []
    for piece in cycle(pool[start:] + pool[:start]):
        if size <= 0:
            break
        taken.append(piece)
        size -= len(piece.encode())
    return "".join(taken)


def _script(rng: Random) -> str:
    name = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=7))
    if rng.random() < 0.3:
        rules = "".join(
            f".{name}-{n} .i{n}{{float:left;width:{rng.randrange(900)}px;color:#{rng.randrange(16**6):06x}}}\n"
            for n in range(30)
        )
        return f"<style>\n{rules}</style>\n"
    numbers = ",".join(str(rng.randrange(10**6)) for _ in range(40))
    code = "".join(
        f"function {name}{n}(e,t){{var n=t||{{}};if(!e||e.nodeType!=={n}){{return n}}"
        f'for(var r=0;r<{rng.randrange(99)};r++){{n["k{rng.randrange(10**5)}"]=e.getAttribute("data-{name[:3]}-"+r)}}'
        "return n}\n"
        for n in range(8)
    )
    return f"<script>\n/* {name} */\nvar _{name}=[{numbers}];\n{code}</script>\n"


def _path(rng: Random) -> str:
    """As long as content systems make them."""
    folder = f"/news/c{rng.randrange(10**4)}/{rng.randrange(10**6)}"
    return f"{folder}/{rng.randrange(16**12):012x}.html?spm={rng.randrange(10**6)}"


def _menu(rng: Random) -> str:
    rows = "\n".join(
        f'\t\t\t<li class="nav-item nav-{n} col-xs-3"><a href="{_path(rng)}" target="_blank" title="{headline(rng)}" '
        f"onclick=\"track('nav',{rng.randrange(10**6)})\">{headline(rng)[-4:]}</a></li>"
        for n in range(rng.randint(6, 14))
    )
    return f'<div class="menu clearfix">\n\t<ul class="nav">\n{rows}\n\t</ul>\n</div>\n'


def _card(rng: Random) -> str:
    name, path = headline(rng), _path(rng)
    note = f"<!-- {rng.randrange(10**9)} block {rng.randrange(99)} -->\n" if rng.random() < 0.3 else ""
    picture = f"/upload/{rng.randrange(10**9)}/{rng.randrange(16**24):024x}_120x80.jpg?imageView2/1/w/120/h/80/q/85"
    day = f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    track = f"list-{rng.randrange(999)}"
    return f"""{note}\t\t<div class="card clearfix" data-id="{rng.randrange(10**9)}" data-track="{track}">
\t\t\t<div class="pic"><a href="{path}" title="{name}" target="_blank"><img class="lazy" src="/static/blank.gif"
\t\t\t\tdata-original="{picture}" style="width:120px;height:80px;border-radius:4px" alt="{name}"></a></div>
\t\t\t<div class="txt"><h4><a href="{path}" target="_blank">{name}</a></h4>
\t\t\t\t<p class="sum">{sentence(rng)}{sentence(rng)}</p><span class="time">{day}</span></div>
\t\t</div>
"""
