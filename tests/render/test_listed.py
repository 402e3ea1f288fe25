"""A list on a terminal: a table, texts wrapped in it, or texts below; no line is wider, and no word is lost."""

import pytest

from coachlog.render.line import Span
from coachlog.render.listed import listed_lines

ROWS = [
    ("ID", "WHEN", "ANSWER", "TEXT"),
    ("b3xew", "Mon 2 Mar 2026 09:30", "answered by fkv2y", "whether her sister may join once"),
    ("d2nnw", "Tue 3 Mar 2026 10:00", "-", "-"),
]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (
            None,
            ["ID     WHEN                  ANSWER             TEXT", "b3xew  Mon 2 Mar 2026 09:30  answered by fkv2y"],
        ),
        (
            81,
            ["ID     WHEN                  ANSWER             TEXT", "b3xew  Mon 2 Mar 2026 09:30  answered by fkv2y"],
        ),
        (70, ["b3xew  Mon 2 Mar 2026 09:30  answered by fkv2y  whether her sister may", f"{' ' * 48}join once"]),
        (50, ["ID     WHEN                  ANSWER", "    whether her sister may join once"]),
        (36, ["b3xew  Mon 2 Mar 2026 09:30", "  answered by fkv2y", "    whether her sister may join once"]),
    ],
)
def test_a_list_is_never_wider_than_the_terminal(width: int | None, shown: list[str]) -> None:
    """The narrower it is, the further down the text stands; what is empty is left out once there is no table."""
    lines = [
        "".join(piece.text for piece in one) for one in listed_lines([tuple(map(Span, row)) for row in ROWS], width)
    ]
    assert all(any(line.startswith(one) for line in lines) for one in shown), lines
    assert all(len(line) <= (width or 81) for line in lines)
    assert {*" ".join(lines).split()} >= {word for row in ROWS[1:] for cell in row for word in cell.split()} - {"-"}
