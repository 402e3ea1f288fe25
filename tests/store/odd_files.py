"""Files in every manner that a coach may write them in, made up piece by piece, so that each piece has its owner."""

import random
from typing import NamedTuple

from coachlog.store.emit import Value

WORDS = ("the plan", "Lee's draft", "one more", "8 - waiting", "naïve", "10:00", "no", "a #b", "-5", "👍 ok", "C:\\x")
LISTS = ("sessions", "contacts", "x-notes")
KEYS = ("at", "topic", "notes", "private", "with", "minutes", "cancelled", "moved", "updates")


class Piece(NamedTuple):
    """A stretch of a file: which record and which key it belongs to; neither for what stands between records.

    `part` is `key` for a list's own line, `head` for a record's comments, `field`, `tail` for its deeper comments,
    `blank` for the blank lines below it, and `free` for all else.
    """

    text: str
    part: str = "free"
    where: str = ""
    record: str = ""
    field: str = ""


class OddFile:
    """One file: lists, records, comments, quotes, indentation, blank lines and line ends by chance."""

    def __init__(self, seed: int) -> None:
        """Make a file up; the same seed makes the same file."""
        self._chance = random.Random(seed)  # noqa: S311  (files to try, and the same each time)
        self.pieces: list[Piece] = []
        self.records: dict[str, list[str]] = {}
        self.in_braces: set[str] = set()
        self._count = 0
        self._write()

    def _write(self) -> None:
        pick = self._chance
        self._add(self._maybe("# my file\n\n", "#first\n"))
        self._add(self._maybe("---\n", "--- # begins\n"))
        for name in pick.sample(LISTS, pick.randint(1, 3)):
            self._list(name)
        self._add(self._maybe("# the end\n", "\n\n", "...\n", "\n# end\n...\n"))
        self._give_blanks_to_texts_that_keep_them()
        line_end = pick.choice(("\n", "\n", "\r\n"))
        self.bom = pick.choice((b"", b"", b"", b"\xef\xbb\xbf"))
        self.line_end = line_end
        self.pieces = [piece._replace(text=piece.text.replace("\n", line_end)) for piece in self.pieces if piece.text]
        if pick.random() < 0.15:
            self.pieces[-1] = self.pieces[-1]._replace(text=self.pieces[-1].text.rstrip("\r\n"))

    def _give_blanks_to_texts_that_keep_them(self) -> None:
        """Blank lines behind `|+` are part of the text."""
        for number, piece in enumerate(self.pieces):
            following = number + 1
            while "|+" in piece.text and following < len(self.pieces):
                after = self.pieces[following]
                rest = after.text.lstrip("\n")
                piece = piece._replace(text=piece.text + "\n" * (len(after.text) - len(rest)))  # noqa: PLW2901
                self.pieces[number], self.pieces[following] = piece, after._replace(text=rest)
                following = len(self.pieces) if rest else following + 1

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.bom + "".join(piece.text for piece in self.pieces).encode()

    def text_before(self, number: int) -> bytes:
        """Give the bytes before a piece."""
        return self.bom + "".join(piece.text for piece in self.pieces[:number]).encode()

    def text_from(self, number: int) -> bytes:
        """Give the bytes from a piece on."""
        return "".join(piece.text for piece in self.pieces[number:]).encode()

    def span(self, where: str, record: str = "", parts: str = "head field tail") -> tuple[int, int]:
        """Find the pieces of a record, or of all records of a list: the first, and the one behind the last."""
        found = [
            number
            for number, piece in enumerate(self.pieces)
            if piece.where == where and record in {"", piece.record} and piece.part in parts.split()
        ]
        return found[0], found[-1] + 1

    def _add(self, text: str, **owner: str) -> None:
        self.pieces.append(Piece(text, **owner))

    def _maybe(self, *texts: str) -> str:
        return self._chance.choice(texts) if self._chance.random() < 0.35 else ""

    def _comment(self) -> str:
        return self._maybe("   # c", " # it's: [odd", "\t# tab", "  #")

    def _list(self, name: str) -> None:
        pick = self._chance
        self._add(self._maybe("# --- section\n", "\n# section\n# of two lines\n\n", "\n"))
        key = pick.choice((name, name, f'"{name}"', f"'{name}'"))
        dash, gap = pick.choice((0, 0, 2, 2, 2, 4, pick.randint(1, 8))), pick.choice((1, 1, 1, 3, pick.randint(1, 4)))
        self._add(f"{key}:{self._comment()}\n", part="key", where=name)
        self.records[name] = []
        apart, braces = pick.random() < 0.4, pick.random()
        for number in range(pick.randint(1, 4)):
            if number:
                previous = self.records[name][-1]
                blank = "\n" * pick.randint(1, 2) if apart or pick.random() < 0.1 else ""
                self._add(blank, part="blank", where=name, record=previous)
                self._add(self._maybe(f"{' ' * dash}# about several\n\n") if blank else "")
            self._record(name, " " * dash, " " * gap, in_braces=pick.random() < braces)

    def _record(self, name: str, margin: str, gap: str, *, in_braces: bool) -> None:
        pick = self._chance
        self._count += 1
        owner = {"where": name, "record": f"r{self._count}"}
        self.records[name].append(owner["record"])
        self._add(self._maybe(f"{margin}# about this\n", f"{margin}#one\n{margin}#two\n"), part="head", **owner)
        keys = pick.sample(KEYS, pick.randint(0, 5))
        identity = pick.choice((owner["record"], owner["record"], f'"{owner["record"]}"'))
        if in_braces:
            self.in_braces.add(owner["record"])
            inner = margin + "  " + gap
            fields = [f"id: {identity}", *(f"{key}: {self._in_braces()}" for key in keys)]
            comma = pick.choice((", ", ", ", ",", f",\n{inner}", f", # c\n{inner}"))
            pair = pick.choice(("{}", "{}", "{  }"))
            text = f"{margin}-{gap}{pair[:-1]}{comma.join(fields)}{self._maybe(',')}{pair[1:]}{self._comment()}\n"
            self._add(text, part="field", **owner)
        else:
            inner = f"{margin} {gap}"
            self._add(f"{margin}-{gap}id: {identity}{self._comment()}\n", part="field", field="id", **owner)
            for key in keys:
                self._add(self._maybe(f"{inner}# between\n", "\n"), part="field", **owner)
                self._add(f"{inner}{key}:{self._value(len(inner))}", part="field", field=key, **owner)
        self._add(self._maybe(f"{margin} # deeper\n", f"\n{margin} #deeper\n"), part="tail", **owner)

    def _in_braces(self) -> str:
        return self._chance.choice(
            ("x", "10:00", '"a, b # c"', "'it''s'", "[a, b]", "[]", "{by: coach}", "{}", "", "~", "https://x.example/?")
        )

    def _value(self, column: int) -> str:
        """Make up what stands behind a key, to the end of its last line."""
        pick = self._chance
        deep = " " * (column + pick.choice((1, 2, 2, 3, 4)))
        word, other = pick.choice(("the plan", "Lee's", "10:00", "12", "no", "a#b")), pick.choice(("x", "y: z", "# no"))
        flat = " " * column if pick.random() < 0.4 else deep
        lines = f"{deep}{word}\n{pick.choice(('', chr(10), f'{deep}{other}{chr(10)}'))}{deep}  {other}\n"
        comment = self._comment()
        return pick.choice(
            (
                f" {word}{comment}\n",
                f" {word}{comment}\n",
                f" '{word.replace(chr(39), chr(39) * 2)} # no'{comment}\n",
                f' "{word}: \\" {other}"{comment}\n',
                f" |{comment}\n{lines}",
                f" |-{comment}\n{lines}",
                f" |+{comment}\n{lines}\n",
                f" >{comment}\n{lines}",
                f" [a, {word}]{comment}\n",
                f" [a,   # c\n{deep}{word}\n{deep}]{comment}\n",
                f" {{by: coach, at: {word}}}{comment}\n",
                f"{comment}\n",
                f" ~{comment}\n",
                f" one\n{deep}two{comment}\n",
                f' "one\n{deep}two"{comment}\n',
                f"{comment}\n{deep}by: coach{comment}\n{deep}# note\n{deep}at: {word}\n",
                f"{comment}\n{flat}- {{date: {word}}}{comment}\n{flat}# note\n{flat}- text: {word}\n",
                f" {word}\n{deep}# below\n",
            )
        )


def some_value(chance: random.Random) -> Value:
    """Make up a value to be written: a text, one of several lines, a list, a mapping."""
    return chance.choice(
        (
            "done",
            "a, b: c #d",
            "two\nlines\n",
            "",
            ["pat", "a, b"],
            {"by": "coach", "note": "a # b"},
            [{"date": "today"}],
        )
    )
