"""How a file is indented, from the first places that show it, so that what is added is written in the same manner."""

from coachlog.store.emit import Habit
from coachlog.store.nodes import Mapping, Node, Scalar, Sequence


def habit_of(root: Node | None, text: str) -> Habit:
    """Find out how a file is indented; what it does not show is as usual."""
    shown, usual = _Shown(text), Habit()
    if root is not None:
        shown.look(root)
    step = shown.step or (shown.gap + 1 if shown.gap else usual.step)
    return Habit(step, min(step, usual.dash) if shown.dash is None else shown.dash, shown.gap or usual.gap)


class _Shown:
    """The first mapping below a key, the first list below a key, and the first dash, that a file shows."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.step: int | None = None
        self.dash: int | None = None
        self.gap: int | None = None

    def look(self, node: Node) -> None:
        """Look into a node, and into all that stands below it, for what is not found yet."""
        if isinstance(node, Scalar) or node.flow:
            return
        if isinstance(node, Sequence):
            for one in node.items:
                self._note_gap(node, one)
                self.look(one)
            return
        for key, value in node.entries:
            self._note(key, value)
            self.look(value)

    def _note_gap(self, node: Sequence, one: Node) -> None:
        if self.gap is None and one.start.line == node.start.line and self._text[node.start.index] == "-":
            self.gap = max(one.start.column - node.start.column - 1, 1)

    def _note(self, key: Scalar, value: Node) -> None:
        if isinstance(value, Scalar) or value.flow or value.start.line == key.start.line:
            return
        deeper = value.start.column - key.start.column
        if isinstance(value, Mapping) and self.step is None and deeper > 0:
            self.step = deeper
        if isinstance(value, Sequence) and self.dash is None and deeper >= 0:
            self.dash = deeper
