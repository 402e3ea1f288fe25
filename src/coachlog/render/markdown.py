"""Text inside Markdown: no character of it means anything, but what stands between backticks is code."""

import re

_CODE = re.compile(r"(`[^`]*`)")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")


def escaped(text: str) -> str:
    """Keep what the text writes as code (`length`), and let no other character mean anything."""
    parts = _CODE.split(text)
    return "".join(part if at % 2 else _MARKUP.sub(r"\\\1", part) for at, part in enumerate(parts))
