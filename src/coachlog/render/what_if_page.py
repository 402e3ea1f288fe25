"""What is printed of a comparison, and from where its files are named."""

from pathlib import Path
from typing import NamedTuple

from coachlog.views.what_if import WhatIf


class WhatIfPage(NamedTuple):
    """A comparison, the journal, and the folder that the coach stands in."""

    what_if: WhatIf
    root: Path
    folder: Path
