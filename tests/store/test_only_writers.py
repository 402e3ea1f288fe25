"""Nothing in the program opens a file for writing but the few modules whose work it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "coachlog"
WRITERS = {
    "store/commit.py": "the only one that writes a journal's files",
    "store/draft.py": "adds what is being typed to its draft",
    "store/running_notes.py": "adds what is typed during a session to its notes",
    "store/lock.py": "opens a file to lock it, and writes nothing into it",
    "store/index.py": "keeps what was worked out",
    "store/delivery.py": "hands a file over that the coach asked for, outside the journal's own",
    "commands/desk/in_editor.py": "starts the coach's editor, which writes the draft that it is given",
    "commands/letters/mail_program.py": "starts the coach's mail program, which is told where a letter lies",
    "render/pager.py": "starts the coach's pager, which is handed what is shown",
    "versioning/git.py": "starts git, which writes its own",
    "crash.py": "keeps what is known of a crash",
}
METHODS = {"write_text", "write_bytes", "touch", "unlink", "rmdir", "mkdir", "chmod", "symlink_to", "hardlink_to"}
OS_CALLS = METHODS | {
    *("remove", "removedirs", "rename", "renames", "replace", "makedirs", "truncate", "ftruncate", "write", "pwrite"),
    *("writev", "link", "symlink", "mkfifo", "mknod", "chown", "fchmod", "utime", "sendfile", "copy_file_range"),
    *("lchmod", "lchown", "fchown", "posix_fallocate", "setxattr", "removexattr", "splice"),
}
STARTS = {"system", "popen", "execv", "execve", "execvp", "execvpe", "posix_spawn", "posix_spawnp", "fork", "forkpty"}
"""What of os starts another program, which could write anything."""
MODULES = {"shutil", "tempfile"}
BARRED = {"subprocess", "sqlite3", "dbm", "shelve", "fileinput", "mmap", "zipfile", "tarfile", "gzip", "bz2", "lzma"}
BARRED |= {"codecs", "ctypes", "logging", "marshal", "pickle", "posix", "_io", "_posixsubprocess", "multiprocessing"}
"""Modules that nothing is taken from: each opens files, or starts programs, by a way of its own."""
BARRED_NAMES = {"eval", "exec", "compile", "__import__"}
HARMLESS = {"get_terminal_size", "which", "disk_usage", "gettempdir"}
FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE"}

WRITES = [
    'open("a", "w")',
    'open("a", mode="r+b")',
    'path.open("ab")',
    "open(name, mode)",
    'os.fdopen(1, "w")',
    'path.write_text("")',
    "path.touch()",
    "path.rename(other)",
    "path.replace(other)",
    "os.replace(a, b)",
    "os.open(a, os.O_WRONLY)",
    "from os import O_CREAT",
    "from os import unlink",
    "shutil.copy(a, b)",
    "tempfile.mkstemp()",
    "from shutil import move",
    "from tempfile import mkstemp",
    "open(*given)",
    'open("a", **how)',
    "keep = open",
    'io.open("a", "w")',
    'getattr(path, "write_text")',
    "map(Path.unlink, paths)",
    "delete = os.remove",
    "os.open(a, 1)",
    "os.open(a, os.O_RDONLY | 65)",
    "os.open(a, flags)",
    "os.open(*given)",
    "from os import open",
    "from os import unlink as forget",
    "import os as system",
    "import shutil as tools",
    'os.system("x > y")',
    'os.execv("a", b)',
    "os.mkdir(a)",
    "os.chmod(a, 0)",
    "path.rename(target=other)",
    "import subprocess",
    "from subprocess import run",
    "import sqlite3",
    "from zipfile import ZipFile",
    "import logging",
    "import posix",
    'eval("1")',
]
READS = [
    'open("a")',
    'path.open("rb")',
    'path.open(encoding="utf-8")',
    "os.open(a, os.O_RDONLY)",
    'text.replace("a", "b")',
    "now.replace(tzinfo=None)",
    "replace(mark, line=1)",
    "import os, shutil",
    "shutil.get_terminal_size()",
    "os.open(os.devnull, os.O_WRONLY)",
    "Desk.open(wishes)",
    "os.open(path, _FLAGS)",
    "replace(record, name=1)",
    "import tempfile",
]


def writing(tree: ast.AST) -> Iterator[int]:
    """Find the lines on which something could be written, made, renamed or deleted."""
    harmless = {id(part) for node in ast.walk(tree) if opens_nowhere(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) not in harmless and any(looks(node) for looks in LOOKS):
            yield getattr(node, "lineno", 0)


def opens_nowhere(node: ast.AST) -> bool:
    """Tell whether a call opens os.devnull, which keeps nothing, or a desk, which is no file."""
    if not isinstance(node, ast.Call):
        return False
    of_a_class = ast.unparse(node.func) in {"Desk.open", "AtHand.open", "Kept.open"}
    return of_a_class or any(ast.unparse(one) == "os.devnull" for one in node.args[:1])


def names_what_writes(node: ast.AST) -> bool:
    """Tell whether a flag for writing, or a function of a module that writes, is named."""
    if not isinstance(node, ast.Attribute):
        return False
    of = node.value.id if isinstance(node.value, ast.Name) else ""
    return (
        node.attr in FLAGS | METHODS
        or (of == "os" and node.attr in OS_CALLS | STARTS)
        or (of in MODULES and node.attr not in HARMLESS)
    )


def brings_in(node: ast.AST) -> bool:
    """Tell whether an import brings in what writes, or gives another name to a module that can."""
    if isinstance(node, ast.Import):
        return any(one.name in BARRED or (one.asname and one.name in MODULES | {"os"}) for one in node.names)
    if not isinstance(node, ast.ImportFrom):
        return False
    names = {one.name for one in node.names}
    return (
        node.module in BARRED
        or bool(node.module in MODULES and names - HARMLESS)
        or (node.module == "os" and bool(names & (OS_CALLS | FLAGS | STARTS | {"open", "fdopen"})))
    )


def hides_its_name(node: ast.AST) -> bool:
    """Tell whether what writes is called by a roundabout way: another name, a text, an attribute asked for."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Name):
        return node.value.id == "open"
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    asked = node.func.id == "getattr" and isinstance(node.args[1], ast.Constant) and node.args[1].value
    return node.func.id in BARRED_NAMES or asked in OS_CALLS | {"open"}


def opens_by_unknown_flags(node: ast.AST) -> bool:
    """Tell whether os.open is given flags that are not spelled out as names of os, or in a constant of the module."""
    if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "os.open"):
        return False
    flags = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "flags")]
    parts = [part for one in flags for part in ast.walk(one)]
    return len(node.args) + len(node.keywords) < 2 or any(
        isinstance(part, ast.Constant | ast.Starred) or (isinstance(part, ast.Name) and part.id.upper() != part.id)
        for part in parts
        if not (isinstance(part, ast.Name) and part.id == "os")
    )


def calls_to_write(node: ast.AST) -> bool:
    """Tell whether a call opens for writing, or changes what is on the disk."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    of_os = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "os"
    if name == "open" and not of_os:
        return not is_for_reading(node, 0 if isinstance(node.func, ast.Attribute) else 1)
    if name == "fdopen":
        return not is_for_reading(node, 1)
    if of_os:
        return name in OS_CALLS
    if not isinstance(node.func, ast.Attribute):
        return False
    is_to_a_target = len(node.args) == 1 or any(one.arg == "target" for one in node.keywords)
    return name in METHODS or (name in {"rename", "replace"} and is_to_a_target)


def is_for_reading(node: ast.Call, place: int) -> bool:
    """Tell whether the mode is written out and only reads."""
    if any(isinstance(one, ast.Starred) for one in node.args) or any(one.arg is None for one in node.keywords):
        return False
    given = [*node.args[place : place + 1], *(one.value for one in node.keywords if one.arg == "mode")]
    return all(isinstance(one, ast.Constant) and not set(str(one.value)) & set("wax+") for one in given)


LOOKS = (calls_to_write, names_what_writes, brings_in, hides_its_name, opens_by_unknown_flags)


def test_only_the_writers_write() -> None:
    """Every other module may read, and the journal's files have one writer."""
    found = {
        f"{path.relative_to(SOURCE).as_posix()}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).as_posix() not in WRITERS
        for line in writing(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_writer_that_no_longer_writes_is_not_on_the_list(name: str) -> None:
    """The list is no longer than it must be."""
    assert list(writing(ast.parse((SOURCE / name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize(("line", "writes"), [*((one, True) for one in WRITES), *((one, False) for one in READS)])
def test_what_writes_is_known_by_its_form(line: str, writes: bool) -> None:  # noqa: FBT001  (either way)
    """The check itself bites, and does not bite at reading."""
    assert bool(list(writing(ast.parse(line)))) is writes
