"""What the tests of commands share: the journal that a module tells in its FILES, or else the small practice."""

from pathlib import Path

import pytest

from calling import JOURNAL, lay_out


@pytest.fixture
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Lay out the journal of the module: its FILES, or the small practice with Jane and Tom."""
    return lay_out(getattr(request.module, "FILES", JOURNAL), tmp_path)
