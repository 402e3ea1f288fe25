"""Terms in plain words: what a coach reads before answering, without the marks of the file."""

from zoneinfo import ZoneInfo

import pytest

from coachlog.model.contract import Terms
from coachlog.views.agreed_words import agreed_words

PRICES = {"amount": "900 GBP", "per": "package", "parts": "3", "every": "1 month", "due": "14 days"}
MEDIA = {"email": "24 h", "phone": "2 days", "text": None}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sessions", "6", ["6"]),
        ("every", "2 weeks", ["2 weeks"]),
        ("ends", "2026-12-31", ["Thu 31 Dec 2026"]),
        ("pro_bono", "yes", ["yes"]),
        ("media", ["video", "phone"], ["video, phone"]),
        ("fee", {"amount": "120 USD", "per": "hour"}, ["120 USD per hour"]),
        ("fee", {"amount": "75"}, ["75"]),
        ("fee", PRICES, ["900 GBP per package, in 3 parts, one every 1 month, due within 14 days"]),
        ("cancellation", {"notice": "24 h", "late": "counts"}, ["24 h notice, late counts"]),
        ("cancellation", {"late": "fee", "late_fee": "75 GBP", "strikes": "2"}, ["late costs 75 GBP, 2 strikes"]),
        ("cancellation", {"late": "fee", "no_show_after": "15 min"}, ["late costs one session, no-show after 15 min"]),
        ("cancellation", {"late": "free"}, ["late is free"]),
        ("cancellation", {}, []),
        ("between_sessions", "none", ["none"]),
        (
            "between_sessions",
            {"via": MEDIA, "coach_may_start": "no"},
            ["email within 24 h, phone within 2 days, text, the coach does not start"],
        ),
        (
            "between_sessions",
            {"hours": "Mo-Fr 09:00-17:00", "limit": "2 per week", "free": "5 min", "rate": "60 GBP per h"},
            ["Mo-Fr 09:00-17:00, at most 2 per week, 5 min free, 60 GBP per h"],
        ),
        (
            "between_sessions",
            {"limit": "unlimited", "coach_may_start": "yes"},
            ["the coach may start, without limit"],
        ),
        ("confidentiality", {"code": "ICF", "exceptions": ["harm", "consent"]}, ["ICF, except harm and consent"]),
        ("sharing", {"with": ["pat"], "what": ["goals"], "reported_by": "client"}, ["goals, with pat, by client"]),
        ("termination", {"notice": "1 week"}, ["1 week notice"]),
        (
            "after_end",
            {"until": "2026-08-12", "via": ["email"], "for": "one mail"},
            ["until Wed 12 Aug 2026, by email, for one mail"],
        ),
    ],
)
def test_a_term_is_said_in_words(name: str, value: object, words: list[str]) -> None:
    """No key of the file, no bracket; nothing for what is not agreed."""
    terms = Terms.model_validate({name: value}, context={"zone": ZoneInfo("Europe/London")})
    assert agreed_words(terms, name) == words
