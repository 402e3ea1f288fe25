"""Where the rules come from: the texts and codes of practice that their pages cite."""

import re

SOURCES = {
    "S0": "Guidelines for Canceling Coaching Sessions",
    "S1": "How to dump a coaching client: it's not you it's me",
    "S2": "Between Sessions. Creating Coaching Contracts, Part 4",
    "S3": "Follow up between Coaching Sessions 2",
    "S4": "The coaching engagement and its Session Blueprint",
    "ICF 2020": "ICF Code of Ethics of 2020",
    "ICF": "ICF Code of Ethics of 2025",
    "EMCC": "EMCC Global supervision guidance",
}
"""What a source is called in a rule, and what it is called in full."""
_TEXTS = frozenset({"S0", "S1", "S2", "S3", "S4"})
"""Sources that a page's own words go on calling by their short names."""
_PARTED = re.compile(rf", (?={'|'.join(SOURCES)})")
"""Where one source ends and the next begins; the standards of a code of ethics are parted by commas, too."""


def source_words(source: str) -> str:
    """Give the sources of a rule by their full names."""
    return "; ".join(_in_full(one) for one in _PARTED.split(source))


def _in_full(cited: str) -> str:
    short = next((one for one in SOURCES if cited.startswith(one)), "")
    standard = cited.removeprefix(short).lstrip(", ")
    full = f"{short} “{SOURCES[short]}”" if short in _TEXTS else SOURCES.get(short, cited)
    return f"{full}, {standard}" if short and standard else full
