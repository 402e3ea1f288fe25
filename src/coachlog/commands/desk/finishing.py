"""Records that the coach finishes in the editor before they are written, with what else they may say as a template."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from coachlog.commands.desk.in_editor import Work, Wrong, edited, editor_words
from coachlog.commands.desk.touched import Leaf, says_of, touched
from coachlog.model.instant import Instant, parse_day
from coachlog.model.problem import Problem
from coachlog.model.words import day_words, moment_words
from coachlog.store.characters import WHOLE_LINE
from coachlog.store.compose import compose
from coachlog.store.draft import Rewrite, draft_label
from coachlog.store.lift import lift_record
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Node, Unreadable, text_behind
from coachlog.store.nodes import Sequence as ListNode
from coachlog.store.prove import CannotProve

Put = tuple[str, Callable[[bytes], bytes]]
WorkOut = Callable[[Sequence[Put]], Mapping[str, bytes]]
"""How what each file would hold is worked out, once what stands in the editor is put into it."""
Problems = Callable[[str, bytes], Sequence[Problem]]
"""How what can't be read of a file is found, by its name and bytes."""
HEADER = "# Closing this writes it; emptied, nothing is written. A field counts without the # before it."


class Misfit(Exception):
    """An answer is not what was put into the editor: on which line, counted from 1, and how."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep the line and the reason."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Sheet:
    """What is put into the editor: the records of a change, one below the other."""

    leaves: tuple[Leaf, ...]

    @property
    def label(self) -> str:
        """What its draft is called."""
        return draft_label(self.leaves[0].file)

    @cached_property
    def text(self) -> str:
        """The whole text, with the template behind each record."""
        parts = [f"{HEADER}\n"]
        for one in self.leaves:
            parts += [one.shown, "" if one.shown.endswith(("\n", "\r")) else "\n"]
            parts += [f"{line}\n" for line in one.template]
        return "".join(parts)

    def own(self, answer: str) -> str:
        """Give an answer without what is left of the template."""
        return "".join(line for _, line in self._own(answer))

    def said(self, answer: str) -> str:
        """Give what is left of an answer without any comment; where that is nothing, the coach gave up."""
        return "".join(line for _, line in self._own(answer) if not line.lstrip().startswith("#"))

    def _own(self, answer: str) -> Iterator[tuple[int, str]]:
        template = {HEADER, *(line.strip() for one in self.leaves for line in one.template)}
        hints = [(f"{blank.key}:", f"# {blank.hint}") for one in self.leaves for blank in one.blanks]
        for number, line in enumerate(WHOLE_LINE.findall(answer), start=1):
            said = line.strip()
            if said in template:
                continue
            behind = next((hint for key, hint in hints if said.startswith(key) and said.endswith(hint)), "")
            yield number, f"{line.rstrip().removesuffix(behind).rstrip()}\n" if behind else line

    def texts(self, own: str) -> list[str]:
        """Part an answer into the texts of its records. Raises Unreadable, CannotProve and Misfit."""
        root = compose(own.encode())
        _refuse_shared(root)
        if not self.leaves[0].path:
            if not isinstance(root, MappingNode):
                raise Misfit(1, "the keys of a file are expected, each with its value")
            return [own]
        items = root.items if isinstance(root, ListNode) and not root.flow else ()
        if len(items) != len(self.leaves) or not all(isinstance(one, MappingNode) for one in items):
            number = "one record is" if len(self.leaves) == 1 else f"{len(self.leaves)} records are"
            raise Misfit(1, f"{number} expected, each behind a dash")
        for leaf, item in zip(self.leaves, items, strict=True):
            if text_behind(item, "id") != leaf.id:
                raise Misfit(item.start.line + 1, f"the id stays {leaf.id}, as other records may name it")
        return [lift_record(own.encode(), (at,)).text for at in range(len(items))] if len(items) > 1 else [own]

    def puts(self, own: str) -> list[Put]:
        """Give what is to become of the files, for each record that was changed. Raises what `texts` raises."""
        texts = zip(self.leaves, self.texts(own), strict=True)
        return [(leaf.file, partial(leaf.put, text=text)) for leaf, text in texts if text != leaf.shown]

    def changed(self, own: str, zone: ZoneInfo) -> list[str]:
        """Name the fields that were changed, days and moments with what they are now."""
        root = compose(own.encode())
        items = root.items if isinstance(root, ListNode) else (root,)
        pairs = [(leaf.says, says_of(item)) for leaf, item in zip(self.leaves, items, strict=True)]
        changed = [(key, now.get(key)) for was, now in pairs for key in {**was, **now} if was.get(key) != now.get(key)]
        return [f"{key}{_day_told(value, zone)}" for key, value in changed]

    def wrong(
        self,
        answer: str,
        work_out: WorkOut,
        problems: Problems,
    ) -> list[Wrong]:
        """Tell what can't be read of an answer, on its own lines, which are counted from 1."""
        parts = list(self._own(answer))
        own = "".join(line for _, line in parts)
        numbers = [number for number, _ in parts] or [1]
        return [
            Wrong(numbers[min(max(one.line, 1), len(numbers)) - 1], one.message)
            for one in self._wrong(own, work_out, problems)
        ]

    def _wrong(
        self,
        own: str,
        work_out: WorkOut,
        problems: Problems,
    ) -> list[Wrong]:
        try:
            texts, files = self.texts(own), work_out(self.puts(own))
        except Unreadable as refusal:
            return [Wrong(refusal.fault.line, f"{refusal.fault.reason}; {refusal.fault.remedy}")]
        except Misfit as misfit:
            return [Wrong(misfit.line, f"{misfit.reason[:1].upper()}{misfit.reason[1:]}.")]
        except CannotProve as refusal:
            return [Wrong(1, refusal.what.partition(": ")[2])]
        found: list[Wrong] = []
        for at, (leaf, text) in enumerate(zip(self.leaves, texts, strict=True)):
            data = files[leaf.file]
            start = leaf.line_in(data)
            first = lift_record(own.encode(), (at,)).line if len(texts) > 1 else 1
            height = len(WHOLE_LINE.findall(text))
            near = (one for one in problems(leaf.file, data) if start <= one.place.line < start + height)
            found += [Wrong(one.place.line - start + first, one.message) for one in near]
        return found


def sheet_of(before: Mapping[str, bytes], rewrites: Sequence[Rewrite]) -> Sheet | None:
    """Put the records on a sheet that a change writes into the first of its files; None where it writes none.

    Raises CannotProve where a record stands so that it can't be edited alone.
    """
    leaves = touched(before, rewrites)
    return Sheet(leaves) if leaves else None


@contextmanager
def opened(sheet: Sheet, root: Path, work_out: WorkOut, problems: Problems, *, attended: bool) -> Iterator[str]:
    """Open a sheet in the editor until it can be read, and give the answer without what is left of the template.

    Raises GaveUp, CannotWrite, WrongCall.
    """
    work = Work(sheet.label, sheet.text, lambda answer: sheet.wrong(answer, work_out, problems), sheet.said)
    with edited(root, editor_words(attended=attended), work) as answer:
        yield sheet.own(answer)


def _day_told(value: object, zone: ZoneInfo) -> str:
    text = value if isinstance(value, str) else ""
    day, at = parse_day(text), Instant.parse(text, zone)
    told = day_words(day) if day else moment_words(at) if at else ""
    return f" ({told})" if told else ""


def _refuse_shared(node: Node | None) -> None:
    """Refuse an anchor: in the file it could be another's. Raises Misfit."""
    if node is None:
        return
    if node.anchor is not None:
        raise Misfit(node.start.line + 1, "an anchor (&) is not taken here: write the value out at each place")
    for one in _inside(node):
        _refuse_shared(one)


def _inside(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        yield from (value for _, value in node.entries)
    elif isinstance(node, ListNode):
        yield from node.items
