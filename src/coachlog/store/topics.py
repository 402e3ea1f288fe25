"""The pages of help on a topic, which ship with the program: what a coach may want to know without a network."""

from importlib.resources import files


def topic(name: str) -> str:
    """Give the page of a topic: a title behind `# `, paragraphs, and blocks that are indented and stand as they are."""
    return files("coachlog").joinpath("topics", f"{name}.md").read_text(encoding="utf-8")
