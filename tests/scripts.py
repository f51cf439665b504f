"""Scripts of a few lines, each in a process of its own that begins with its imports made (`tests.warm_start`)."""

import os
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from tests.warm_start import Begun, Program, warm_start


class Script:
    """One of them, with a pipe to what it reads and one from what it prints; what it says beside that is ours."""

    def __init__(self, code: str, *arguments: str) -> None:
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        self.stdin, self.stdout = os.fdopen(ours_in, "w"), os.fdopen(ours_out)
        with os.fdopen(theirs_in) as stdin, os.fdopen(theirs_out, "w") as stdout, os.fdopen(os.dup(2), "w") as err:
            program = Program("-c", [code, *arguments], dict(os.environ))
            self.process: Begun = warm_start().begin(program, (stdin, stdout, err), seconds=100)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.stdin.close()
        self.stdout.close()


def at_once(*scripts: tuple[str, ...]) -> list[int]:
    """The exit codes of scripts that print "ready" and go on when they have read a line, all at one moment."""
    with ExitStack() as stack:
        begun = [stack.enter_context(Script(*each)) for each in scripts]
        for one in begun:
            assert one.stdout.readline() == "ready\n"
        for one in begun:
            print("go", file=one.stdin, flush=True)
        return [one.process.wait() for one in begun]
