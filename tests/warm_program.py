"""The server of the warm calls: it has imported the program, and becomes it in a new process for every call.

`python warm_program.py DESCRIPTOR` waits on that socket. Each byte there comes with four descriptors: the standard
streams of a call, and a socket that tells the rest of it (arguments, folder, environment, umask) and is told how it
went. The server forks for each, so a call has a memory, descriptors and an environment of its own, and nothing that it
does is seen by the next one. It runs `coachlog.cli.main` and ends as Python ends. What comes before
`main` is not done again: what concerns the start of the program is to be tested by cold calls.
"""

import atexit
import gc
import json
import os
import pkgutil
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Literal, TextIO

import coachlog
from coachlog.cli import NO_PLUGINS, main
from coachlog.model.record import Record
from warm import NUMBER

PROGRAM = Path(sys.executable).with_name("coachlog")
WHOLE_CALL = 4
"""How many descriptors come with a call."""
STANDARD_ERROR = 2


def warm_up() -> None:
    """Import every module, and work out every form of a record: both depend on nothing but the program's text."""
    os.environ.setdefault(*NO_PLUGINS)
    for one in pkgutil.walk_packages(coachlog.__path__, "coachlog."):
        with suppress(Exception):  # A module that can't be imported is to fail in the calls that want it.
            import_module(one.name)
    for form in _forms(Record):
        form.model_rebuild()
    gc.freeze()


def _forms(form: type[Record]) -> Iterator[type[Record]]:
    yield form
    for one in form.__subclasses__():
        yield from _forms(one)


def serve(asked: socket.socket) -> tuple[socket.socket, Sequence[int]] | None:
    """Fork at every call, and give its descriptors there: in the server itself there is nothing to give in the end."""
    while True:
        byte, descriptors, *_ = socket.recv_fds(asked, 1, WHOLE_CALL)
        if not byte:
            return None
        if not os.fork():
            asked.close()
            *streams, told = descriptors
            return socket.socket(fileno=told), streams
        for one in descriptors:
            os.close(one)


def become(told: socket.socket, streams: Sequence[int]) -> None:
    """Be the process of a call; the one that was forked for it stays behind, and tells how it ended."""
    with told.makefile("r") as lines:
        arguments, folder, environment, umask = json.loads(lines.readline())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    call = os.fork()
    if call:
        _tell(told, streams, call)
    told.close()
    os.chdir(folder)
    os.umask(umask)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    _open_streams()
    sys.argv = [str(PROGRAM), *arguments]
    sys.path[0] = str(PROGRAM.parent)


def _tell(told: socket.socket, streams: Sequence[int], call: int) -> None:
    for one in (0, 1, 2, *streams):
        os.close(one)
    told.sendall(call.to_bytes(NUMBER))
    told.sendall(os.waitpid(call, 0)[1].to_bytes(NUMBER))
    os._exit(0)


def end(code: int) -> None:
    """End as Python does, short of freeing memory piece by piece; what a stream says of its end is left to Python."""
    atexit._run_exitfuncs()  # noqa: SLF001  (what Python itself calls has no other name)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _open_streams() -> None:
    """Open the standard streams as Python does, in the server's encoding: its locale is that of the call."""
    _put("stdin", _opened(0, "rb", sys.stdin, None))
    _put("stdout", _opened(1, "wb", sys.stdout, "\n"))
    _put("stderr", _opened(2, "wb", sys.stderr, "\n"))


def _opened(number: int, mode: Literal["rb", "wb"], like: TextIO, newline: str | None) -> TextIO:
    buffer = open(number, mode, closefd=False)  # noqa: SIM115  (a descriptor, for as long as the process lives)
    buffer.raw.name = like.name  # type: ignore[attr-defined]
    return TextIOWrapper(buffer, like.encoding, like.errors, newline, buffer.isatty() or number == STANDARD_ERROR)


def _put(name: str, stream: TextIO) -> None:
    setattr(sys, name, stream)
    setattr(sys, f"__{name}__", stream)


if __name__ == "__main__":
    warm_up()
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    call = serve(socket.socket(fileno=int(sys.argv[1])))
    if call:
        become(*call)
        signal.signal(signal.SIGINT, interrupted)
        end(main())
