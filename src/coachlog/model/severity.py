"""How grave a departure from what was agreed is, and which rules a practice wants to hear of."""

from typing import Literal, get_args

Severity = Literal["breach", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the gravest to the lightest."""

Profile = Literal["basic", "ethics", "strict"]
"""Which rules are on unless the practice says otherwise of one: breaches alone, the default, or every rule."""
