"""Which changes of several files were begun and not finished: to look for them costs one listing of drafts/."""

import os
import re
from pathlib import Path

DRAFTS = "drafts"
_PLAN = re.compile(r"plan-[0-9a-f]{16}\.json")


def plans_in(root: Path) -> list[str]:
    """Name the plans of a journal, one for each change that is being written or was cut off."""
    try:
        names = os.listdir(root / DRAFTS)  # noqa: PTH208 — names are all that is asked for
    except OSError:
        return []
    return sorted(f"{DRAFTS}/{name}" for name in names if _PLAN.fullmatch(name))
