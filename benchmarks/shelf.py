"""An archive of copies in memory: the look-ups that storage makes, for measuring the thinking without a database."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from wangqi.copies.candidates import LookAlike, choose, foremost
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.judge import judge
from wangqi.copies.records import Candidate, Fingerprint, NewText, Verdict
from wangqi.text.forms import match_key
from wangqi.text.paragraphs import paragraph_hashes, repeated, without_repeated

_COMMON_SENTENCE = 6  # stories; a sentence of so many is a formula


@dataclass(slots=True)
class Shelf:
    """Texts by id, in the order they came."""

    texts: list[NewText] = field(default_factory=list)
    story: list[int] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    compared: int = 0
    _keys: dict[str, int] = field(default_factory=dict)
    _sketches: list[bytes | None] = field(default_factory=list)
    _bands: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _sentences: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _paragraphs: defaultdict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, text: str, *, title: str = "", host: str = "", published_at: datetime | None = None) -> int:
        """Store a text in display form as storage would; answers with its story."""
        paragraphs = paragraph_hashes(text)
        template = repeated({each: len(self._paragraphs[host, each]) for each in paragraphs})
        new = NewText(text=text, title=title, hosts=(host,), published_at=published_at, repeated=template)
        own = without_repeated(text, template)
        key = match_key(own)
        marks = fingerprint(key, own)
        verdicts = judge(new, list(self._candidates(text, key, marks)))
        here = len(self.texts)
        self.texts.append(new)
        self.story.append(self._place(here, verdicts))
        self._index(here, key, marks, ((host, each) for each in paragraphs))
        return self.story[here]

    def _candidates(self, text: str, key: str, marks: Fingerprint) -> Iterable[Candidate]:
        bands = Counter(each for band in marks.bands for each in self._bands.get(band, ()))
        sentences: Counter[int] = Counter()
        for sentence in marks.sentences:
            known = self._sentences.get(sentence, ())
            if len({self.story[each] for each in known}) < _COMMON_SENTENCE:
                sentences.update(known)
        exact = self._keys.get(key) if key else None
        found = foremost([] if exact is None else [exact], bands, sentences)
        leads = [self._lead(each, bands[each], sentences[each], is_equal=each == exact) for each in found]
        for each in choose(leads, sketches=(marks.sketch,), chars=len(text), sentences=len(marks.sentences)):
            self.compared += 1
            known_text = self.texts[each]
            yield Candidate(
                text_id=each,
                story_id=self.story[each],
                text=known_text.text,
                title=known_text.title,
                published_at=known_text.published_at,
                exact="key" if each == exact else None,
                shared_bands=bands[each],
                shared_sentences=sentences[each],
                hosts=known_text.hosts,
            )

    def _lead(self, each: int, bands: int, sentences: int, *, is_equal: bool) -> LookAlike:
        return LookAlike(
            text_id=each,
            story_id=self.story[each],
            chars=len(self.texts[each].text),
            sketch=self._sketches[each],
            bands=bands,
            sentences=sentences,
            is_equal=is_equal,
        )

    def _place(self, here: int, verdicts: list[Verdict]) -> int:
        self.links += [(here, each.text_id, each.relation) for each in verdicts if not each.joins]
        joined = next((each for each in verdicts if each.joins), None)
        return here if joined is None else self.story[joined.text_id]

    def _index(self, here: int, key: str, marks: Fingerprint, paragraphs: Iterable[tuple[str, int]]) -> None:
        self._keys.setdefault(key, here)
        self._sketches.append(marks.sketch)
        for band in marks.bands:
            self._bands[band].append(here)
        for sentence in marks.sentences:
            self._sentences[sentence].append(here)
        for paragraph in paragraphs:
            self._paragraphs[paragraph].add(self.story[here])
