"""The sentences in our code that a person may read in a terminal, as babel extracts them.

A sentence with facts is known by its form: `f"{count} of {total}"` is `{count} of {total}`, whatever stands in the
places. Where one of two words is chosen inside of it, there are two.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract_from_dir

Extracted = Iterator[tuple[int, str, Any, list[str]]]
ROOT = Path(__file__).parent.parent.parent
# Whatever is written in these may reach a person: returned, raised, stored as a reason, logged or printed.
ROOMS = ("wangqi", "storage", "pipelines", "crawler", "views", "web")
# Files that are written, mails that are sent, answers to programs: they have a language of their own.
WRITTEN = (
    *("diff_page.py", "timeline.py", "citations.py", "styles.py", "notices.py", "prometheus.py", "language/"),
    *("exports/", "migrations/", "citing/", "characters/", "faults.py", "mcp/", "description.py", "months.py"),
)
# What its place says is no sentence: patterns, questions to a database or a tree, lines for those who mend us.
_NOT_SAID = {"compile", "text", "XPath", "xpath", "findall", "evaluate", "exec_driver_sql", "op", "debug"}
_NOT_SAID |= {"getLogger", "TypeVar", "cast", "add_init_script", "Index"}
_FOR_US = {"AttributeError", "NotImplementedError", "RuntimeError", "TypeError", "AssertionError"}
# Markup, patterns, styles of a terminal, types, headers, commands to type, counts put together: no sentences.
_NO_WORDS = re.compile(
    r"^ *<|\\|</?(?:span|svg|rect|g|line|path|text|li|ol|p|table|t[drh]|h\d|a|body|div|section|mark)\b|/>"
    r"|%d|\| None|^(?:bold|black|red) |^\w+\[|^complete -o|_series\(\)|=…$|= …$|__name__|=====|%\(asctime\)s"
    r"|^(?:ARCHIVE_URL=|text/html|\{words\} \[|Accept-Language|wangqi/|files \d|var|/Applications|import sys|-c )"
    r"|^(?:inline;|attachment;|default-src|sandbox;|private,|public,|document\.)"
    r"|(?:--rules|--json|^why URL)$|^\{\w+\} of \{\w+\}$|^\{\w+\} \w+:\"?\{"
    r"|[(:]\?|\w\|\w|//\w|=>|\w\{[\w-]+:|; \w+=|COLLATE|^\(\{\w+\}\) AND|IS (?:NOT )?NULL"
)
_SENTENCE = re.compile(r"(?=.*[A-Za-z]{2})(?=.*\S\s+\S)", re.DOTALL)
_PLACE = re.compile(r"\{(\w+)\}")
_OPTIONS = re.compile(r"^\W*(--?[a-z]|[A-Z]{2,}\b|\[)")
_IN_FULL = re.compile(r"\{(?:\w+\.)*(\w+)(?::[^{}]*)?\}")  # `{of.share:.0%}` of what is filled in later
_OF_A_LOG = re.compile(r"%(?:\.\d)?[sdrfg]")


def sentences() -> set[str]:
    return {
        message
        for room in ROOMS
        for name, _, message, _, _ in extract_from_dir(ROOT / room, [("**.py", _all_that_is_said)])
        if not any(one in name for one in WRITTEN)
    }


def _all_that_is_said(file: IO[bytes], *_: object, options: object = None) -> Extracted:
    tree = ast.parse(file.read())
    constants = _constants(tree)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            there = _constants_of(f"{node.module}")
            constants |= {alias.asname or alias.name: there[alias.name] for alias in node.names if alias.name in there}
    for text in _texts(_Filled(constants).visit(tree), _docstrings(tree) | _lists_of_words(tree)):
        yield 0, "", text, []


@cache
def _constants_of(module: str) -> Mapping[str, str]:
    """Of a module of ours."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    return _constants(ast.parse(path.read_text("utf-8"))) if path.is_file() else {}


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        name.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for name in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(name, ast.Name)
    }


class _Filled(ast.NodeTransformer):
    """Puts the words of a module's constants where its sentences name them."""

    def __init__(self, constants: Mapping[str, str]) -> None:
        self._constants = constants

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in self._constants:
            return ast.copy_location(ast.Constant(self._constants[node.value.id]), node)
        return node


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


def _is_split(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in {"split", "splitlines"}


def _lists_of_words(tree: ast.Module) -> set[ast.AST]:
    """Texts whose name is only split: `_TAGS = "a b c"` of `_TAGS.split()`."""
    split = {
        node.func.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _is_split(node) and isinstance(node.func.value, ast.Name)
    }
    return {
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and any(getattr(one, "id", "") in split for one in node.targets)
    }


def _texts(node: ast.AST, left_out: set[ast.AST]) -> Iterator[str]:
    if node in left_out or isinstance(node, ast.Assert) or _is_for_us(node):
        return
    if isinstance(node, ast.arg | ast.AnnAssign) and not getattr(node, "value", None):
        return
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        for form in _forms(node):
            for paragraph in form.split("\n\n"):
                text = " ".join(_OF_A_LOG.sub("{fact}", paragraph).split())
                text = _with_each_place_once(_IN_FULL.sub(r"{\1}", text))
                if _SENTENCE.match(_PLACE.sub("·", text)) and not _NO_WORDS.search(text) and not _OPTIONS.search(text):
                    yield text
    inner = ast.iter_child_nodes(node)
    if isinstance(node, ast.JoinedStr):
        inner = (one.value for one in node.values if isinstance(one, ast.FormattedValue))
    for child in inner:
        yield from _texts(child, left_out)


def _is_for_us(node: ast.AST) -> bool:
    """It tells programmers what they did wrong, or is no sentence where it stands."""
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call) and getattr(node.exc.func, "id", "") in _FOR_US
    if isinstance(node, ast.Compare | ast.Subscript):
        return not any(isinstance(one, ast.JoinedStr) for one in ast.walk(node))
    if not isinstance(node, ast.Call):
        return False
    if _is_split(node):
        return isinstance(node.func.value, ast.Constant)
    return getattr(node.func, "attr", getattr(node.func, "id", "")) in _NOT_SAID


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
