"""`scrapy completion`: lets a shell complete commands, options and the names of series."""

import argparse
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_text
from crawler.console import commands
from wangqi.program import program

_SHELLS: Final = ("bash", "zsh")
# What names a series in the options and arguments of the commands, by their destination.
_OF_SERIES: Final = {"name", "series", "spider"}
_PREAMBLE: Final = {
    "bash": '_wangqi_series() { compgen -W "$({program} list 2> /dev/null)" -- "$1"; }',
    "zsh": '_wangqi_series() { local -a series; series=(${(f)"$({program} list 2> /dev/null)"}); compadd -a series }',
}


class Command(PlainCommand):
    """Print a script with which a shell completes commands, options and the names of series.

    bash: `eval "$(wangqi completion bash)"` in ~/.bashrc. zsh: the same in ~/.zshrc, behind compinit.
    """

    def syntax(self) -> str:
        return "|".join(_SHELLS)

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("shell", choices=_SHELLS)

    def work(self, opts: argparse.Namespace) -> int:
        import shtab  # noqa: PLC0415 - no other command needs it

        preamble = _PREAMBLE[opts.shell].replace("{program}", program())
        script = shtab.complete(self._parser(), opts.shell, preamble=preamble)
        # Where the script knows nothing to offer, bash offers files.
        print_text(script.replace("complete -o bashdefault ", "complete -o bashdefault -o default "))
        return 0

    def _parser(self) -> argparse.ArgumentParser:
        """A parser with every command and its options; it parses nothing."""
        whole = argparse.ArgumentParser(program())
        parts = whole.add_subparsers()
        for name in commands():
            room = "crawler" if find_spec(f"crawler.commands.{name}") else "scrapy"
            command = import_module(f"{room}.commands.{name}").Command()
            command.settings = self.settings
            parser = parts.add_parser(name, help=command.short_desc(), conflict_handler="resolve")
            command.add_options(parser)
            if name == "crawl":
                parser.add_argument("spider", nargs="?")
            for action in parser._actions:  # noqa: SLF001 - argparse has no public list of them
                if action.dest in _OF_SERIES:
                    action.complete = dict.fromkeys(_SHELLS, "_wangqi_series")  # type: ignore[attr-defined] # shtab looks for it
        return whole
