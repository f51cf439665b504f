"""The sentences in our code that a person may read in a terminal, as babel extracts them.

A sentence with facts is known by its form: `f"{count} of {total}"` is `{count} of {total}`, whatever stands in the
places. Where one of two words is chosen inside of it, there are two.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract_from_dir

Extracted = Iterator[tuple[int, str, Any, list[str]]]
ROOT = Path(__file__).parent.parent.parent
# All that is written in these is for people,
SPEAKING = (
    *("crawler/commands", "crawler/cli", "crawler/catalogue", "views"),
    *("crawler/console.py", "crawler/settings_check.py", "crawler/scheduling/health.py"),
)
# and of these what they raise.
RAISING = ("wangqi", "storage", "crawler/downloader", "crawler/readers", "crawler/run", "crawler/scope")
# Files that are written, mails that are sent: they have a language of their own.
WRITTEN = ("diff_page.py", "timeline.py", "citations.py", "styles.py", "notices.py", "prometheus.py", "language/")
# Markup, patterns, styles of a terminal, types, lines of a log, commands to type, counts put together: no sentences.
_NO_WORDS = re.compile(
    r"[<\\]|%s|%d|\| None|^(bold|black|red) |^\w+\[|^complete -o|_series\(\)|=…$|= …$|__name__|=====|^ARCHIVE_URL="
    r"|^text/html|^\{words\} \[|(--rules|--json|^why URL)$|^\{\w+\} of \{\w+\}$"
)
_SENTENCE = re.compile(r"(?=.*[A-Za-z]{2})(?=.*\S\s+\S)", re.DOTALL)
_FOR_US = {"AttributeError", "NotImplementedError", "RuntimeError", "TypeError"}
_PLACE = re.compile(r"\{(\w+)\}")
_OPTIONS = re.compile(r"^\W*(--?[a-z]|[A-Z]{2,}\b|\[)")


def sentences() -> set[str]:
    found = set()
    for place in SPEAKING:
        found |= {*_of(place, _all_that_is_said)}
    for place in RAISING:
        found |= {*_of(place, _all_that_is_raised)}
    return found


def _of(place: str, method: Any) -> Iterator[str]:
    path = ROOT / place
    if path.is_file():
        with path.open("rb") as file:
            yield from (message for _, _, message, _ in method(file))
        return
    for name, _, message, _, _ in extract_from_dir(path, [("**.py", method)]):
        if not any(one in name for one in WRITTEN):
            yield message


def _all_that_is_said(file: IO[bytes], *_: object, options: object = None) -> Extracted:
    tree = ast.parse(file.read())
    for text in _texts(tree, _docstrings(tree)):
        yield 0, "", text, []


def _all_that_is_raised(file: IO[bytes], *_: object, options: object = None) -> Extracted:
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Raise) and node.exc is not None and not _is_for_us(node.exc):
            for text in _texts(node.exc, set()):
                yield 0, "", text, []


def _is_for_us(error: ast.expr) -> bool:
    """It tells programmers what they did wrong."""
    return isinstance(error, ast.Call) and getattr(error.func, "id", "") in _FOR_US


def _docstrings(tree: ast.Module) -> set[ast.AST]:
    """All but those of commands, which are their help."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    owners = [node for node in ast.walk(tree) if isinstance(node, kinds) and node.body]
    return {
        first.value
        for owner in owners
        if isinstance(first := owner.body[0], ast.Expr)
        and isinstance(first.value, ast.Constant)
        and getattr(owner, "name", "") != "Command"
    }


def _texts(node: ast.AST, left_out: set[ast.AST]) -> Iterator[str]:
    if node in left_out or (isinstance(node, ast.arg | ast.AnnAssign) and not getattr(node, "value", None)):
        return
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        for form in _forms(node):
            for paragraph in form.split("\n\n"):
                text = " ".join(paragraph.split())
                text = _with_each_place_once(text)
                if _SENTENCE.match(_PLACE.sub("·", text)) and not _NO_WORDS.search(text) and not _OPTIONS.search(text):
                    yield text
    inner = ast.iter_child_nodes(node)
    if isinstance(node, ast.JoinedStr):
        inner = (one.value for one in node.values if isinstance(one, ast.FormattedValue))
    for child in inner:
        yield from _texts(child, left_out)


def _with_each_place_once(form: str) -> str:
    """`{name} and {name}` as `{name} and {name2}`."""
    seen: Counter[str] = Counter()

    def once(place: re.Match[str]) -> str:
        seen[place[1]] += 1
        return f"{{{place[1]}{seen[place[1]] if seen[place[1]] > 1 else ''}}}"

    return _PLACE.sub(once, form)


def _forms(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(parts) for parts in product(*map(_forms, node.values))]
    if isinstance(node, ast.FormattedValue):
        return _forms(node.value)
    if isinstance(node, ast.IfExp):
        return [*_forms(node.body), *_forms(node.orelse)]
    return [f"{{{_name(node)}}}"]


def _name(node: ast.expr) -> str:
    """What a fact is called in its form."""
    while not isinstance(node, ast.Name | ast.Attribute):
        if isinstance(node, ast.Call):
            node = node.args[0] if isinstance(node.func, ast.Name) and node.args else node.func
        elif isinstance(node, ast.Subscript | ast.Starred):
            node = node.value
        else:
            return "x"
    return node.id if isinstance(node, ast.Name) else node.attr
