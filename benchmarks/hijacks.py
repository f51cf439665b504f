"""A stored page is hijacked later, or edited by its publisher: how many of each are held.

`python -m benchmarks.hijacks [--kept-aside] [--all]` prints the rows; docs/copies.md says what they mean. Thirty
stories stand in shells of their own; each is hijacked in seven ways and edited in as many ways as there are.
"""

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, Final

from crawler.readers.read_page import prepare
from crawler.run.visits import Place
from wangqi.copies.changes import Appearance, Weighed, appearance, weigh
from wangqi.copies.ranks import TAMPERED
from wangqi.details import unwritten

_HERE: Final = Path(__file__).parent
_TEXTS: Final[dict[str, Any]] = tomllib.loads((_HERE / "hijacks.toml").read_text("utf-8"))
_BRANDS: Final = ("金鼎娱乐城", "银雀棋牌", "彩运彩票", "龙津体育投注", "博盛888", "必中娱乐平台")
_LINES: Final = (
    "{brand}官网注册即送体验金，",
    "（推荐：{brand}）",
    "上{brand}，百家乐天天有返水，",
    "{brand}最新网址下载，",
)


@dataclass(frozen=True, slots=True)
class Story:
    name: str
    title: str
    body: str

    @property
    def lines(self) -> list[str]:
        return [line for line in self.body.strip().split("\n") if line]


@dataclass(frozen=True, slots=True)
class Case:
    """One later answer of a page, and whether it is a stranger's."""

    kind: str
    story: str
    page: str
    is_strange: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """A page without its words.

    Attributes:
        sheet: Its name in the file, which says how it sets its lines, too.
        site: Whose it is; "" of the one that the file names.
    """

    sheet: str
    site: str = ""

    @property
    def owner(self) -> str:
        return self.site or str(_TEXTS["shells"][self.sheet]["site"])

    def __call__(self, title: str, lines: list[str], extra: str) -> str:
        shell = _TEXTS["shells"][self.sheet]
        body = shell["between"].join(f"{shell['before']}{line}{shell['after']}" for line in lines)
        page = str(shell["page"]).replace("$site", self.owner)
        return page.replace("$title", title).replace("$body", body + extra)


def stories(folder: str) -> list[Story]:
    sheet = tomllib.loads((_HERE.parent / "examples" / "site" / folder).read_text("utf-8"))
    return [Story(one["id"], one["title"], one["body"]) for one in sheet["story"] if "body" in one]


def cases(one: Story, shell: Shell, other: Shell, rng: Random) -> Iterator[Case]:
    """All hijackers and all editors at the work on one story."""
    for kind, page in _hijacks(one, shell, other, rng):
        yield Case(kind, one.name, page, is_strange=True)
    for kind, page in _edits(one, shell, other, rng):
        yield Case(kind, one.name, page, is_strange=False)


def _hijacks(one: Story, shell: Shell, other: Shell, rng: Random) -> Iterator[tuple[str, str]]:
    sold = rng.choice(_TEXTS["gambling"])
    title = rng.choice([one.title, sold["title"], f"{sold['title']}-{one.title}"])
    yield "gambling text", rng.choice([shell, other])(title, sold["body"].strip().split("\n"), "")
    yield "gambling words injected", shell(one.title, _injected(one.lines, rng), "")
    parked = rng.choice(_TEXTS["parking"])
    yield "parking page", _BARE(parked["title"], parked["body"].strip().split("\n"), "")
    yield "spun copy", rng.choice([shell, other])(one.title, _spun(one.lines, rng), "")
    yield "figures changed on another site", other(one.title, _corrected(one.lines), "")
    half = len(one.lines) // 2
    yield (
        "half of it sold",
        shell(one.title, [*rng.choice(_TEXTS["advertorial"])["body"].strip().split("\n"), *one.lines[half:]], ""),
    )
    gone = rng.choice(_TEXTS["stub"])
    title = rng.choice([gone["title"] or one.title, one.title])
    yield "stub", rng.choice([shell, _BARE])(title, gone["body"].strip().split("\n"), "")


def _injected(lines: list[str], rng: Random) -> list[str]:
    brand, lines = rng.choice(_BRANDS), list(lines)
    way = rng.randrange(3)
    if way == 0:  # into sentences
        for place in rng.sample(range(len(lines)), min(3, len(lines))):
            head, comma, rest = lines[place].partition("，" if "，" in lines[place] else ", ")
            lines[place] = f"{head}{comma}{rng.choice(_LINES).format(brand=brand)}{rest}"
    elif way == 1:  # as lines between
        for _ in range(2):
            lines.insert(rng.randrange(1, len(lines)), rng.choice(_LINES).format(brand=brand).rstrip("，") + "。")
    if way == 2:  # in place of words, as a spinner does
        text = "\n".join(lines)
        for word in ("他", "她", "the ", "村", "队", "我们", "一"):
            if text.count(word) >= 4:
                pieces = text.split(word)
                text = "".join(piece + (brand if number % 3 == 1 else word) for number, piece in enumerate(pieces[:-1]))
                return (text + pieces[-1]).split("\n")
        lines.append(f"{brand}官网下载，注册即送。")
    return lines


def _spun(lines: list[str], rng: Random) -> list[str]:
    text = "\n".join(lines)
    for word, other in _TEXTS["spin"].items():
        text = text.replace(word, other)
    if rng.random() < 0.3:
        text = text.replace("，", "，，，").replace("。", "。。。。")
    return text.split("\n")


def _corrected(lines: list[str]) -> list[str]:
    """Other figures in the first line that has some, or another word."""
    for place, line in enumerate(lines):
        better = line.translate(str.maketrans("三五46", "四六57")).replace(" one ", " two ")
        if better != line:
            return [*lines[:place], better, *lines[place + 1 :]]
    raise ValueError(f"no figure in {lines[0]!r}")


def _edits(one: Story, shell: Shell, other: Shell, rng: Random) -> Iterator[tuple[str, str]]:
    given, lines = _TEXTS["edits"], one.lines
    corrected = _corrected(lines)
    yield "figures corrected", shell(one.title, corrected, "")
    yield "paragraph added", shell(one.title, [*lines[:2], rng.choice(given["paragraphs"]), *lines[2:]], "")
    yield "all paragraphs added", shell(one.title, [*lines, *given["paragraphs"]], "")
    yield "follow-up appended", shell(one.title, [*lines, *given["followup"]], "")
    yield "correction appended", shell(one.title, [*lines, given["correction"]], "")
    yield "editor's note", shell(one.title, [given["note"], *lines], "")
    yield "retitled", shell(lines[1][:12].rstrip("，。"), lines, "")
    yield "last paragraph out", shell(one.title, lines[:-1], "")
    yield "middle out", shell(one.title, [*lines[:1], *lines[3:]], "")
    yield "photo added", shell(one.title, [*lines[:1], given["caption"], *lines[1:]], "<img src='/pic/new-81.jpg'>")
    text = "\n".join(lines)
    for word, better in _TEXTS["swaps"].items():
        text = text.replace(word, better)
    yield "copy-edited", shell(one.title, [text.split("\n")[0] + "这一天，天气很好。", *text.split("\n")[1:]], "")
    yield "redesigned and corrected", replace(other, site=shell.owner)(one.title, corrected, "")
    link = "<a href='https://tj.yanjiang-county.example/2024/'>年报</a>"
    yield "source added", shell(one.title, [*lines, given["source"]], link)
    trimmed = [line.rpartition("。")[0].rpartition("。")[0] + "。" if line.count("。") > 2 else line for line in lines]
    yield "shortened", shell(one.title, trimmed, "")
    yield "police's warning added", shell(one.title, [*lines, given["police"]], "")
    yield "loan told", shell(one.title, [*lines[:-1], given["loan"], lines[-1]], "")
    written = _TEXTS["rewrites"].get(one.name) or _TEXTS["rewrites"].get(one.title)
    if written:
        yield "rewritten", shell(one.title, written.strip().split("\n"), "")
        yield "rewritten and retitled", shell(f"再访{one.title[-8:]}", written.strip().split("\n"), "")


_BARE: Final = Shell("bare")
_SHELLS: Final = {False: (Shell("town"), Shell("table")), True: (Shell("blog"), Shell("portal"))}


def measured(*, kept_aside: bool) -> list[tuple[Case, Weighed | None]]:
    """What becomes of each case; None of one that is not even read as a story."""
    told: list[tuple[Case, Weighed | None]] = []
    shells = _SHELLS[kept_aside]
    for number, one in enumerate(_half(kept_aside=kept_aside)):
        rng = Random(f"{one.title} {kept_aside}")
        shell, other = shells[number % 2], shells[1 - number % 2]
        before = _seen(shell(one.title, one.lines, ""))
        assert before is not None, one.title
        for case in cases(one, shell, other, rng):
            after = _seen(case.page)
            told.append((case, weigh(before, after) if after else None))
    return told


def _half(*, kept_aside: bool) -> list[Story]:
    if not kept_aside:
        return stories("river.toml")
    own = [Story(one["title"], one["title"], one["body"]) for one in _TEXTS["story"]]
    return [*stories("craft.toml"), *own]


def _seen(page: str) -> Appearance | None:
    url, body = "https://news.yanjiang.example/2024/0903/1.html", page.encode()
    read = prepare(body, url, {}, Place(url, at_home=True))
    reading, marks = read.reading, read.marks
    if reading is None or marks is None:
        return None
    return appearance(
        unwritten(reading.details),
        body,
        title=reading.title,
        text=reading.text,
        url=url,
        found=[(sign.detector, sign.label, sign.score, sign.summary) for sign in marks.findings],
        is_unfit=marks.standing.rank >= TAMPERED,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept-aside", action="store_true", help="the half that no rule was made with")
    parser.add_argument("--all", action="store_true", help="print every case that comes out wrong")
    asked = parser.parse_args()
    found = measured(kept_aside=asked.kept_aside)
    kinds: dict[str, Counter[str]] = {}
    for case, weighed in found:
        word = "no story" if weighed is None else weighed.held or "taken"
        kinds.setdefault(f"{'stranger' if case.is_strange else 'publisher'}: {case.kind}", Counter())[word] += 1
        is_wrong = case.is_strange == (word == "taken")
        if asked.all and is_wrong:
            reason = weighed.reason if weighed else ""
            signs = [(one.label, one.score) for one in weighed.signs] if weighed else []
            print("WRONG", case.kind, case.story, word, reason[:200], signs)
    for kind, words in kinds.items():
        print(f"{kind:45}", dict(words))


if __name__ == "__main__":
    main()
