"""The floors of the house: imports go down, never up, and never sideways between the houses of one floor."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "coachlog"
FLOORS = {
    "": 0,
    "errors": 0,
    "clock": 0,
    "model": 0,
    "rules": 1,
    "views": 1,
    "store": 1,
    "versioning": 1,
    "exchange": 2,
    "render": 2,
    "commands": 3,
    "command_line": 4,
    "program_options": 4,
    "cli": 4,
    "crash": 4,
}
"""Every house, and the floor that it stands on."""
FREE_AMONG_THEMSELVES = {0, 4}
"""Floors without walls: the model knows errors and the clock, the command line its own parts."""
ONLY = {
    "yaml": {"store"},
    "ruamel": {"store"},
    "pydantic": {"model", "store", "views"},
    "pydantic_core": {"model", "store"},
    "watchfiles": {"store"},
    "jinja2": {"render"},
    "rich": set(),
    "typer": {"commands", "command_line", "program_options"},
}
"""Libraries, and the houses that may know them."""
LAZY = {
    "cli",
    "command_line",
    "commands/judging/check",
    "commands/client/list",
    "commands/completing/offers",
    "commands/desk/cut_off",
    "commands/desk/desk",
    "commands/desk/telling",
    "commands/desk/veiling",
    "commands/judging/today",
    "model/public_holidays",
    "render/__init__",
    "store/compose",
    "store/settings",
    "store/watch",
}
"""The modules that import another one only when it is needed; docs/architecture.md gives the reason of each."""


def house_of(module: str) -> str:
    """Give the house of a module of the program."""
    return module.removeprefix("coachlog").lstrip(".").partition(".")[0]


@cache
def imports() -> tuple[tuple[str, str, str], ...]:
    """Give every import of the program: its house, its file, and the module that it names."""
    return tuple(_imports())


def _imports() -> Iterator[tuple[str, str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).with_suffix("").as_posix()
        house = "" if name == "__init__" else name.partition("/")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((house, name, one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom):
                inner = [one.name for one in node.names if node.module == "coachlog" and one.name in FLOORS]
                yield from ((house, name, f"coachlog.{one}") for one in inner or [])
                if not inner:
                    yield house, name, node.module or ""


def allowed(house: str, other: str) -> bool:
    """Tell whether one house may know another."""
    if house == other or FLOORS[other] < FLOORS[house]:
        return True
    return FLOORS[house] == FLOORS[other] and FLOORS[house] in FREE_AMONG_THEMSELVES


def test_every_house_stands_on_a_floor() -> None:
    """A new house says where it stands."""
    houses = {path.stem for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    modules = {path.stem for path in SOURCE.glob("*.py")} - {"__init__"}
    assert (houses | modules) <= set(FLOORS)


def test_imports_go_down_and_never_sideways() -> None:
    """The model knows nothing above it; rules, views and store do not know each other."""
    own = ((house, name, module) for house, name, module in imports() if module.split(".")[0] == "coachlog")
    wrong = [f"{name} imports {module}" for house, name, module in own if not allowed(house, house_of(module))]
    assert wrong == []


def test_every_module_can_be_imported_before_any_other() -> None:
    """No imports go round in a circle, so whichever command is called first finds all that it needs."""
    needs: dict[str, set[str]] = {}
    for _, name, module in imports():
        needs.setdefault(f"coachlog.{name}".replace("/", "."), set()).add(module)
    assert len(needs) > len(FLOORS)
    TopologicalSorter(needs).prepare()  # raises CycleError, which names the circle


def test_libraries_stay_in_their_houses() -> None:
    """YAML is the store's, pydantic the model's, the command line's library the commands'."""
    wrong = [
        f"{name} imports {module}"
        for house, name, module in imports()
        if house not in ONLY.get(module.split(".")[0], {house})
    ]
    assert wrong == []


def test_the_table_of_commands_knows_names_alone() -> None:
    """cli.py imports nothing but the version and what stops a command."""
    assert {module for _, name, module in imports() if name == "cli"} == {
        "errno",
        "gc",
        "os",
        "sys",
        "importlib",
        "coachlog",
        "coachlog.errors",
    }


def test_nothing_is_imported_inside_a_function() -> None:
    """What is lazy is lazy by a table or a named module, and there is no import in a body."""
    inside = [
        f"{path.relative_to(SOURCE)}:{inner.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert inside == []


def test_what_is_imported_when_it_is_needed_is_said_in_one_place() -> None:
    """Every module that imports another one late is listed."""
    late = {name for _, name, module in imports() if module == "importlib"}
    assert late == LAZY
