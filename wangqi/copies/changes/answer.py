"""The second line: what the answer around the words says of who gave it. It asks nothing of the words."""

from typing import Final

from wangqi.copies.changes.appearance import Appearance, Shell
from wangqi.copies.changes.signs import sign
from wangqi.copies.records import Finding
from wangqi.copies.tampering.licence import licences
from wangqi.text.forms import match_key

_FEW: Final = 8  # names of a shell; fewer prove nothing
_OTHER, _UNLIKE = 0.15, 0.4  # of the names of two shells together; pages of one template have .6 and more
_MANY: Final = 3  # sites
_HINT, _SIGN, _STRONG = 0.3, 0.6, 0.9


def of_answer(before: Appearance, after: Appearance) -> list[Finding]:
    """Signs against the later answer, worst first; none when the bytes of either answer are not kept."""
    signs = [*_place(before, after), *_head(before, after)]
    if before.shell is not None and after.shell is not None:
        signs += _shell(before.shell, after.shell, own={before.site, after.site})
    return sorted(signs, key=lambda one: -one.score)


def _place(before: Appearance, after: Appearance) -> list[Finding]:
    signs = []
    if before.site and after.site and before.site != after.site:
        signs.append(sign("host_mismatch", _STRONG, f"{after.site} gave the answer, and {before.site} gave it before"))
    old, new = (frozenset(licences(f"{one.footer}\n{one.text}")) for one in (before, after))
    if new - old and old:
        signs.append(sign("host_mismatch", _SIGN, f"its licence is {'、'.join(sorted(new - old))}, and was another"))
    elif old - new:
        signs.append(sign("host_mismatch", _HINT, f"the licence {'、'.join(sorted(old))} is gone"))
    return signs


def _head(before: Appearance, after: Appearance) -> list[Finding]:
    """A sign when the later `<title>` lost the site's name behind the headline and shares nothing with the earlier."""
    old, new = match_key(before.head_title), match_key(after.head_title)
    site = old.replace(match_key(before.title), "")
    if not old or not new or old == new:
        return []
    if site and len(site) > 1 and site not in new:
        return [sign("off_topic_title", _HINT, f"the site's name is gone from the title: {after.head_title[:60]}")]
    return []


def _shell(before: Shell, after: Shell, own: set[str]) -> list[Finding]:
    signs = []
    if min(len(before.names), len(after.names)) >= _FEW or len(before.names) >= 2 * _FEW:
        alike = len(before.names & after.names) / max(1, len(before.names | after.names))
        kept = len(before.names & after.names) / max(1, len(before.names))
        if alike < _OTHER and kept < _UNLIKE:
            signs.append(sign("shell", _SIGN, f"it is another template: {alike:.0%} of its names were there before"))
        elif alike < _UNLIKE and kept < _UNLIKE:
            signs.append(sign("shell", _HINT, f"much of its template is another: {alike:.0%} was there before"))
    elif before.names and not before.names & after.names:
        signs.append(sign("shell", _HINT, "nothing of its template is left"))
    if gone := sorted(after.away - before.away - own):
        signs.append(sign("shell", _STRONG, f"it sends its reader on to {'、'.join(gone[:3])}"))
    signs += _sites("loads from", before.assets, after.assets, before, own)
    signs += _sites("links to", before.links, after.links, before, own)
    return signs


def _sites(what: str, before: frozenset[str], after: frozenset[str], shell: Shell, own: set[str]) -> list[Finding]:
    new = sorted(after - before - own - shell.links - shell.assets)
    if not new:
        return []
    score = _SIGN if len(new) >= _MANY else _HINT
    return [sign("foreign_links", score, f"it {what} {', '.join(new[:4])}, and did not before", found=new[:50])]
