"""What `-h` and wrong usage print, in another language than English: of argparse and Scrapy as well as of ours."""

import argparse
from typing import Final

from scrapy.commands import ScrapyHelpFormatter

from crawler.cli.telling.facts import columns_of
from views.language.told import told, told_prose


class ToldHelp(ScrapyHelpFormatter):
    """Help whose headings, options and prose are told."""

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and _told(heading))

    def add_text(self, text: str | None) -> None:
        super().add_text(text and told_prose(text))

    def _expand_help(self, action: argparse.Action) -> str:
        return _told(super()._expand_help(action))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _folded(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        parts = (_folded(one, width - len(indent)) for one in text.split("\n\n"))
        return "\n\n".join("\n".join(indent + line for line in lines) for lines in parts)

    def format_part_strings(self, part_strings: list[str]) -> list[str]:
        """With lines below the headings as long as these are wide."""
        made: list[str] = []
        for part in super().format_part_strings(part_strings):
            if part.startswith("Usage\n====="):
                heading = _told("Usage")
                made.append(f"{heading}\n{'=' * columns_of(heading)}{part.removeprefix('Usage' + chr(10) + '=====')}")
            elif made and part.strip() and not part.strip().strip("=-"):
                made.append(f"\n{part.strip()[0] * columns_of(made[-1].strip())}\n")
            else:
                made.append(part)
        return made


def tell_help(parser: argparse.ArgumentParser) -> None:
    """From now on the parser prints its help in the reader's language."""
    parser.formatter_class = ToldHelp


def _told(text: str) -> str:
    return told(text)[0]


def _folded(text: str, width: int) -> list[str]:
    """Lines as wide as they may be: words of Latin letters stay whole, Chinese may break between any two characters."""
    lines, line = [], ""
    for word in _pieces(" ".join(text.split())):
        if line and columns_of(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word if line else word.lstrip()
    return [*lines, line] if line or not lines else lines


_ENDING: Final = frozenset("，。；：、？！）》”")  # which stand at the beginning of no line,
_BEGINNING: Final = frozenset("（《“")  # and these at no end


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text:
        before = pieces[-1][-1] if pieces else ""
        are_latin = before not in {"", " "} and columns_of(before + sign) == len(before + sign)
        if are_latin or sign in _ENDING or before in _BEGINNING:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces
