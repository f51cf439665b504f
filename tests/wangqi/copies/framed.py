"""Stories of a series in one frame, which is most of each page. All of it is made up."""

from random import Random

from benchmarks.prose import headline, sentence
from wangqi.text.forms import display

STORIES = 20


def words(rng: Random, least: int) -> str:
    """Sentences of so many characters at least."""
    made = ""
    while len(made) < least:
        made += sentence(rng)
    return made


def framed(count: int = STORIES, *, share: float = 0.7, own: int = 220) -> list[tuple[str, str]]:
    """Titles and texts in display form; the note, the 往期 list and the footer make up that share of each."""
    rng = Random(11)
    frame = int(own * share / (1 - share))
    note = f"编者按：{words(rng, int(frame * 0.5))}\n{words(rng, int(frame * 0.3))}"
    past = "\n".join(headline(rng) for _ in range(max(2, int(frame * 0.15 / 14))))
    tail = f"往期“渡口人家”：\n{past}\n主办：河湾区融媒体中心 备案号：闽ICP备20240001号-1"
    made = []
    for _ in range(count):
        body = words(rng, own)
        half = body.index("。", len(body) // 2) + 1
        made.append((headline(rng), display(f"{note}\n{body[:half]}\n{body[half:]}\n{tail}")))
    return made
