"""The house as HOUSE has it: which room imports which, how large rooms are, and that names say what a thing is for."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.views.sentences import sentences
from views.language.speech import speak
from views.language.told import PLACE, told

ROOT: Final = Path(__file__).parent.parent
FOLDERS: Final = ("wangqi", "storage", "views", "pipelines", "crawler", "web")
MODULES: Final = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
MAY_IMPORT: Final = {
    "wangqi": set(),
    "storage/rows": {"wangqi"},
    "storage": {"wangqi", "storage/rows"},
    "views": {"wangqi", "storage/rows"},
    "pipelines": {"wangqi", "storage", "storage/rows"},
    "crawler/extraction": {"wangqi"},
    "web": {"wangqi", "storage", "storage/rows", "views"},
}
# Inside crawler a room imports those of its own floor and of the floors above it in this list, and all of these.
BELOW_CRAWLER: Final = {"wangqi", "storage", "storage/rows", "views", "pipelines", "crawler"}
FLOORS: Final = (
    {"crawler/extraction"},
    {"crawler/catalogue"},
    {"crawler/run", "crawler/scope", "crawler/readers", "crawler/downloader"},
    {"crawler/spiders", "crawler/scheduling", "crawler/extensions"},
    {"crawler/cli"},
    {"crawler/commands"},
)
BANNED_NAMES: Final = {"utils", "helpers", "common", "base", "manager"}
# Each library has the one room that may import it.
ONLY_IN: Final = {
    "trafilatura": "crawler/extraction",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "apscheduler": "crawler",
    "scrapy": ("crawler", "pipelines"),  # pipelines stand aside with its NotConfigured
    "twisted": "crawler",
    "playwright": "crawler",
    "rich": "crawler",
    "starlette": "web",
    "jinja2": "web",
    "mcp": "web",
    "uvicorn": "crawler/commands",
}
PURE: Final = ("wangqi", "views", "crawler/extraction")
IMPURE: Final = {"os", "socket", "time", "subprocess", "requests", "random", "threading"}
# One word for one thing: the words on the left have given way to those on the right.
REPLACED: Final = {
    "accusation": "finding",
    "accusations": "findings",
    "barren": "unproductive",
    "complain": "print_error",
    "fittest": "best, canonical",
    "hurry": "flush",
    "judgement": "reviewing, verdict",
    "patience": "budget",
    "placement": "match",
    "purse": "budget",
    "purses": "budget",
    "trial": "probe",
    "trials": "probes",
    "undecided": "deferred",
    "vouching": "corroboration",
    "witness": "copy, member",
    "witnesses": "copies, members",
}
LONGEST, LARGEST = 300, 15  # lines of a module, modules of a folder
ONE_FILE_A_THING: Final = {"crawler/commands", "storage/migrations/versions"}  # a command, a migration


@cache
def imported(path: Path) -> frozenset[str]:
    """The modules that a file imports, by their full names; those for types alone left out."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the direction"
            module = node.module or ""
            inside = (f"{module}.{alias.name}" for alias in node.names)
            names.update(each if is_module(each) else module for each in inside)
    return frozenset(names)


@cache
def is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def room(name: str) -> str | None:
    """The room of a module of ours: `crawler.scope.links` is in crawler/scope, `crawler.settings` in crawler."""
    first, *rest = name.split(".")
    if first not in FOLDERS:
        return None
    if first == "crawler" and rest and (ROOT / first / rest[0]).is_dir():
        return f"{first}/{rest[0]}"
    return "storage/rows" if first == "storage" and rest[:1] == ["rows"] else first


def words(path: Path) -> set[str]:
    """All that its names, messages and docstrings are made of; of `_MostRivals` and `most_rivals` the same."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", f"{path.stem} {path.read_text('utf-8')}")}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def allowed(here: str) -> set[str]:
    if here in MAY_IMPORT:
        return {here, *MAY_IMPORT[here]}
    if here == "crawler":  # settings and the add-on name what stands in any room
        return {*BELOW_CRAWLER, *(each for floor in FLOORS for each in floor)}
    floor = next(at for at, rooms in enumerate(FLOORS) if here in rooms)
    opened = {"web"} if here == "crawler/commands" else set()  # `browse` opens the reading room, and nobody else
    return {*opened, *BELOW_CRAWLER, *(each for rooms in FLOORS[: floor + 1] for each in rooms)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_keeps_to_its_room(path: Path) -> None:
    place, here = path.relative_to(ROOT).as_posix(), room(name_of(path))
    assert here is not None
    for name in imported(path):
        there = room(name)
        assert there is None or there in allowed(here), f"{place} imports {name}"
    libraries = {name.split(".")[0] for name in imported(path)}
    for library, owner in ONLY_IN.items():
        assert library not in libraries or place.startswith(owner), f"{place} imports {library}, which is {owner}'s"
    if place.startswith(PURE):
        assert not libraries & IMPURE, f"{place} is a pure room"
    assert path.stem not in BANNED_NAMES
    for word in words(path) & REPLACED.keys():
        pytest.fail(f"{place} says {word!r}: the word for it is {REPLACED[word]}")
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST, f"{place} is two rooms"


@pytest.mark.parametrize("of", ["wangqi", "storage"])
def test_tests_of_a_lower_room_ask_nothing_of_a_higher_one(of: str) -> None:
    may = {of, *(each.split("/")[0] for each in MAY_IMPORT[of])}
    for path in (ROOT / "tests" / of).rglob("*.py"):
        for name in imported(path):
            subject = name.removeprefix("tests.").split(".")[0]
            assert subject not in FOLDERS or subject in may, f"{path.relative_to(ROOT)} imports {name}"


def test_every_test_asserts_something() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        functions = {each.name: each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if is_function(each)}
        for name in functions:
            assert not name.startswith("test_") or asserts(name, functions), f"{path.relative_to(ROOT)}: {name}"


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def asserts(name: str, functions: dict[str, ast.AST], asked: frozenset[str] = frozenset()) -> bool:
    """Whether the function asserts something, or one of its file does that it calls."""
    nodes = list(ast.walk(functions[name]))
    called = {getattr(node.func, "attr", getattr(node.func, "id", "")) for node in nodes if isinstance(node, ast.Call)}
    if any(isinstance(node, ast.Assert) for node in nodes) or called & {"raises", "fail"}:
        return True
    return any(asserts(each, functions, asked | {name}) for each in called & functions.keys() - asked - {name})


def test_every_sentence_of_the_commands_is_told_in_chinese() -> None:
    """Whatever its facts are: here each is one character. English stands in the code, Chinese in the list."""
    speak("zh")
    try:
        untold = sorted(one for one in sentences() if not told(PLACE.sub("甲", one))[1])
    finally:
        speak("en")
    lines = "\n\n".join(f'msgid "{one}"\nmsgstr ""' for one in untold)
    assert not untold, (
        f"views/language/locale/told.zh.po wants the Chinese of these (places stay as they are):\n{lines}"
    )


def test_no_folder_is_crowded() -> None:
    sizes: dict[str, int] = defaultdict(int)
    for path in MODULES:
        sizes[path.parent.relative_to(ROOT).as_posix()] += 1
    crowded = {folder for folder, size in sizes.items() if size > LARGEST}
    assert crowded <= ONE_FILE_A_THING


def test_no_two_folders_import_each_other() -> None:
    """A folder and those inside it are one room; what they import of one another stays in it."""
    leads: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        here = path.parent.relative_to(ROOT).as_posix()
        for name in imported(path):
            if (ROOT / f"{name.replace('.', '/')}.py").is_file() and (there := "/".join(name.split(".")[:-1])) != here:
                leads[here].add(there)
    pairs = [(one, other) for one, others in leads.items() for other in others]
    circles = {(one, other) for one, other in pairs if (other, one) in pairs and one < other}
    circles = {(one, other) for one, other in circles if not other.startswith(f"{one}/")}
    assert not circles
