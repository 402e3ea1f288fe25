"""The values of a journal's fields: each text is read as its field means it, or refused with what was expected."""

import random
import string
from datetime import date, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError, create_model
from ruamel.yaml import YAML

from coachlog.model import fields
from coachlog.model.contract import ContactClause
from coachlog.model.duration import Duration
from coachlog.model.instant import Instant
from coachlog.model.money import Frequency, HourlyRate, Money
from coachlog.model.record import Record
from coachlog.model.when import BesideSession, FollowUpTime

LONDON = ZoneInfo("Europe/London")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LETTERS = "abcdefghjkmnpqrstuvwxyz"
REFUSED = object()
READERS: dict[int, type[Record]] = {}
"""A record of one field for each kind of field."""


def read(kind: Any, text: object) -> object:  # noqa: ANN401 — an annotation
    """Read a text as a field does; REFUSED where it says what it expected."""
    if id(kind) not in READERS:
        READERS[id(kind)] = create_model("OneField", __base__=Record, value=(kind, ...))
    try:
        return vars(READERS[id(kind)].model_validate({"value": text}, context={"zone": LONDON}))["value"]
    except ValidationError as refusal:
        told = [(error["type"], error["msg"].startswith("expected ")) for error in refusal.errors()]
    return REFUSED if told == [("expected", True)] else told


@pytest.mark.parametrize(
    ("kind", "expected", "texts"),
    [
        (fields.YesNo, True, "yes Yes YES true True TRUE on On ON y Y"),
        (fields.YesNo, False, "no No NO false False FALSE off Off OFF n N"),
        (fields.YesNo, REFUSED, "maybe 0 1 ja none ~ yes! null"),
        (fields.Rating, 0, "0"),
        (fields.Rating, 3, "3"),
        (fields.Rating, REFUSED, "4 -1 2.0 03 two ³ +1"),
        (fields.Whole, 0, "0 00"),
        (fields.Whole, 65, "65 065"),
        (fields.Whole, REFUSED, "-1 65.0 6_5 0x41 1e3 many 1234567 \u0666\u0665 65min"),
        (fields.Count, 6, "6"),
        (fields.Count, REFUSED, "0 -1 six 00"),
        (fields.ClockTime, time(18), "18:00"),
        (fields.ClockTime, time(9, 5), "9:05 09:05"),
        (fields.ClockTime, REFUSED, "24:00 18:60 18 18:0 6pm 1080 18:00:00 -1:00 \u0661\u0668:\u0660\u0660"),
        (fields.Day, date(2026, 3, 4), "2026-03-04"),
        (fields.Day, REFUSED, "2026-02-30 2026-03-04T15:00 tomorrow 4/3/2026 1492-10-12"),
        (fields.Moment, REFUSED, "2026-03-04 15:00 now 2026-03-04T25:00"),
        (fields.Moment, Instant.parse("2026-03-04 15:00", LONDON), "2026-03-04T15:00 2026-03-04T15:00Z"),
        (fields.DayOrMoment, date(2026, 3, 4), "2026-03-04"),
        (fields.DayOrMoment, Instant.parse("2026-03-04 15:00", LONDON), "2026-03-04T15:00"),
        (fields.DayOrMoment, REFUSED, "2026-02-30 15:00 soon"),
        (fields.Span, Duration(minutes=1440), "24h 1440min"),
        (fields.Span, REFUSED, "24 soon 1d"),
        (fields.Word, "in-person", "in-person"),
        (fields.Word, "no", "no"),
        (fields.Word, "2fa", "2fa"),
        (fields.Word, REFUSED, f"Email e_mail e.mail é-mail {'a' * 41}"),
        (fields.Text, "NO", "NO"),
        (fields.Text, "2026-03-04", "2026-03-04"),
        (fields.Amount, Money(Decimal(900), "GBP"), "900GBP 900.00GBP"),
        (fields.PerHour, REFUSED, "60GBP 60 60/h"),
        (fields.Hours, REFUSED, "9-17 always-ish"),
    ],
)
def test_a_field_reads_its_own_texts_and_says_what_it_expected_of_others(
    kind: object, expected: object, texts: str
) -> None:
    """The field decides what a text means: `no` is a truth value in a yes/no field and text elsewhere."""
    assert {text: read(kind, text) for text in texts.split()} == dict.fromkeys(texts.split(), expected)


@pytest.mark.parametrize("value", [None, [], {}, ["yes"], {"a": "b"}])
@pytest.mark.parametrize(
    "kind",
    [
        *(
            fields.Text,
            fields.Id,
            fields.Reference,
            fields.Word,
            fields.YesNo,
            fields.Whole,
            fields.Count,
            fields.Rating,
        ),
        *(fields.Day, fields.ClockTime, fields.Moment, fields.DayOrMoment, fields.Span, fields.Amount, fields.PerHour),
        *(fields.Hours, FollowUpTime),
    ],
)
def test_a_list_or_a_mapping_is_no_value(kind: object, value: object) -> None:
    """Where one value is expected, the message says which, not that a type was wrong."""
    assert read(kind, value) is REFUSED


@pytest.mark.parametrize(("kind", "empty"), [(fields.Words, ()), (fields.References, ())])
def test_one_word_may_stand_for_a_list_of_one(kind: object, empty: tuple[str, ...]) -> None:
    """`what: attendance` is `what: [attendance]`, `reply_to: e4aaw` is `reply_to: [e4aaw]`."""
    assert [read(kind, value) for value in ("goals", ["goals"], ["a", "b"], [])] == [
        ("goals",),
        ("goals",),
        ("a", "b"),
        empty,
    ]


MONEY = [
    ("900 GBP", Money(Decimal(900), "GBP")),
    ("12.50 EUR", Money(Decimal("12.5"), "EUR")),
    ("75", Money(Decimal(75))),
    ("-75.00 GBP", Money(Decimal(-75), "GBP")),
    ("0 GBP", Money(Decimal(0), "GBP")),
    ("0.1 CHF", Money(Decimal("0.1"), "CHF")),
    ("999999999999.9999 JPY", Money(Decimal("999999999999.9999"), "JPY")),
    *dict.fromkeys(
        (
            *("", "GBP", "GBP 900", "£900", "1,200 GBP", "1 200 GBP", "1_200", "900 gbp", "900 GB", "900 GBPS", "9e2"),
            *(
                ".5",
                "5.",
                "+75",
                "1.23456",
                "0x4b",
                "NaN",
                "Infinity",
                "900 GBP per h",
                "1.2.3",
                "\u0669\u0660\u0660 GBP",
                "- 75",
            ),
        )
    ).items(),
]


@pytest.mark.parametrize(("text", "money"), MONEY)
def test_money_is_an_exact_decimal_with_a_currency(text: str, money: Money | None) -> None:
    """Digits, a point, a currency code; it is shown as it was written and compared by value."""
    assert Money.parse(text) == money
    assert money is None or str(Money.parse(text)) == text


@given(st.decimals("-999999999999", "999999999999", places=2), st.sampled_from(["", " GBP", " EUR"]))
def test_money_never_loses_a_penny(amount: Decimal, currency: str) -> None:
    """What is written is what is reckoned with."""
    money = Money.parse(f"{amount:f}{currency}")
    assert money == Money(amount, currency.strip() or None)


@pytest.mark.parametrize(
    ("text", "rate", "frequency"),
    [
        ("60 GBP per h", HourlyRate(Money(Decimal(60), "GBP")), None),
        ("60 GBP  per  hour", HourlyRate(Money(Decimal(60), "GBP")), None),
        ("60 per h", HourlyRate(Money(Decimal(60))), None),
        ("2 per week", None, Frequency(2, "week")),
        ("10 per month", None, Frequency(10, "month")),
        ("0 per week", None, Frequency(0, "week")),
        *(
            (text, None, None)
            for text in ("60 GBP", "60 GBP/h", "60 GBP per day", "per h", "GBP per h", "60 GBP per h.")
        ),
        *(
            (text, None, None)
            for text in ("2", "per week", "2 a week", "2 per day", "two per week", "2 per weeks", "\u0662 per week")
        ),
    ],
)
def test_a_rate_is_money_per_hour_and_a_frequency_a_number_per_week_or_month(
    text: str, rate: HourlyRate | None, frequency: Frequency | None
) -> None:
    """Each field reads its own form, and shows it as it was written."""
    assert (HourlyRate.parse(text), Frequency.parse(text)) == (rate, frequency)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [("unlimited", "unlimited"), ("2 per week", Frequency(2, "week")), ("2", None), ("none", None), (["2"], None)],
)
def test_a_limit_is_a_frequency_or_unlimited(limit: object, expected: object) -> None:
    """The clause on contact limits what the client starts, or says that there is no limit."""
    if expected is None:
        with pytest.raises(ValidationError, match="expected a limit, such as 2 per week, or unlimited"):
            ContactClause.model_validate({"limit": limit})
    else:
        assert ContactClause.model_validate({"limit": limit}).limit == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 days before session", BesideSession(Duration(days=2), "before")),
        ("1 week after session", BesideSession(Duration(days=7), "after")),
        ("1 h 30 min  before  session", BesideSession(Duration(minutes=90), "before")),
        ("2026-01-20", date(2026, 1, 20)),
        *(
            (text, REFUSED)
            for text in ("before session", "soon before session", "2 days before", "2 days", "2026-02-30")
        ),
        *((text, REFUSED) for text in ("2 days before sessions", "2 days during session", "2026-01-20 15:00", "")),
    ],
)
def test_a_follow_up_is_due_beside_a_session_or_on_a_day(text: str, expected: object) -> None:
    """`DURATION before session`, `DURATION after session`, or a date."""
    assert read(FollowUpTime, text) == expected


GOOD_IDS = [
    *(
        "2026a",
        "a7kqw",
        "e2345",
        "e12",
        "E5",
        "g1",
        "A",
        "a.b",
        "a_b-c.d",
        "1.2.3",
        "1-2",
        "0xg",
        "0b2",
        "0o8",
        "2e",
        "2e3e4",
    ),
    *(
        "2e-",
        "e-5",
        "2026-01",
        "2026-01-01-a",
        "2026-01-01a",
        "20260-01-01",
        "x0x1f",
        "1a",
        "12-",
        "yes",
        "no",
        "inf",
        "nan",
    ),
    *("a" * 40, "Infinity", "1e5x", "0x", "0x1fg", "b-1", "2026-01-12-contract"),
]
BAD_IDS = [
    *(
        "12",
        "0",
        "007",
        "089",
        "2e345",
        "2E345",
        "2e-3",
        "2e+3",
        "0x1f",
        "0X1F",
        "0o17",
        "0b101",
        "0B1",
        "1_000",
        "1_",
        "0x_1f",
    ),
    *(
        "1.5",
        "1.",
        "1.5e3",
        "1.0_0",
        "1_0.5",
        "1_0e5",
        "1:30",
        "190:20:30",
        ".5",
        "-5",
        "+5",
        "2026-01-01",
        "2026-1-1",
        "2026-01-1",
    ),
    *(
        ".inf",
        "-.inf",
        ".nan",
        "~",
        "",
        "a b",
        "a/b",
        "a:b",
        "ä1",
        "-a",
        "_a",
        ".a",
        "a" * 41,
        "a\n",
        "a7kqw ",
        "\uff11\uff12a",
        "a,b",
        "a#",
    ),
]


@pytest.mark.parametrize(("texts", "good"), [(GOOD_IDS, True), (BAD_IDS, False)], ids=["good", "bad"])
def test_an_id_is_whatever_no_yaml_tool_reads_as_a_number_or_a_date(texts: list[str], *, good: bool) -> None:
    """`2026a` is fine, `12` and `2e345` are not: such an id would change when a file passes through a tool."""
    assert {text: read(fields.Id, text) is not REFUSED for text in texts} == dict.fromkeys(texts, good)


@given(st.text(string.ascii_letters + string.digits + "_.-", min_size=1, max_size=10))
@example("2026-01-01")
@example("1_0.0_1e+1")
def test_an_accepted_id_is_no_number_and_no_date_to_two_yaml_readers(text: str) -> None:
    """What YAML 1.1 and YAML 1.2 read as something else than text or a truth value is never an id."""
    if read(fields.Id, text) is REFUSED:
        return
    for reading in (yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)):
        assert reading is None or isinstance(reading, (str, bool))


@given(st.randoms(use_true_random=False))
def test_every_id_that_a_command_makes_is_an_id(dice: random.Random) -> None:
    """Five characters of the ids' alphabet, the first a letter, are never refused."""
    made = dice.choice(LETTERS) + "".join(dice.choices(ALPHABET, k=4))
    assert read(fields.Id, made) == made


def test_every_id_of_digits_behind_a_letter_is_an_id() -> None:
    """`e2345` looks like half a number and is none."""
    made = [f"{letter}{digits}" for letter in LETTERS for digits in ("2345", "9999", "2e34", "e234", "ee22")]
    assert [one for one in made if read(fields.Id, one) is REFUSED] == []
