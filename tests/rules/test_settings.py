"""How a practice sets the rules: on or off, how grave, by which numbers; a mistake is named and changes nothing."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.model.duration import Duration
from coachlog.model.severity import Profile
from coachlog.rules.book import BOOK, BY_CODE, code_of
from coachlog.rules.rule import OptionValue
from coachlog.rules.settings import Settings, read_settings

Read = Callable[..., ClientFile]


def settings(read_jane: Read, rules: str, profile: Profile | None = None) -> Settings:
    """Read `rules: {…}` of a practice."""
    return read_settings(read_jane(practice=f"rules: {{{rules}}}\n").practice, BOOK, code_of, profile)


@pytest.mark.parametrize(
    ("rules", "on", "severity"),
    [
        ("", True, "breach"),
        ("late-reply: off", False, "breach"),
        ("CTC105: no", False, "breach"),
        ("ctc105: off", False, "breach"),
        ("Late-Reply: advice", True, "advice"),
        ("CTC105: {severity: off, grace: 2 h}", False, "breach"),
        ("late-reply: warning", True, "warning"),
        ("late-reply: Advice", True, "advice"),
        ("late-reply: yes", True, "breach"),
        ("late-reply: {severity: warning}", True, "warning"),
    ],
)
def test_a_rule_is_switched_by_code_or_name(rules: str, severity: str, read_jane: Read, *, on: bool) -> None:
    """Off, or as grave as the practice finds it."""
    read = settings(read_jane, rules)
    assert (read.of["CTC105"].on, read.of["CTC105"].severity, read.problems) == (on, severity, ())


@pytest.mark.parametrize(
    ("profile", "rules", "on"),
    [
        ("ethics", "", {"breach", "warning", "advice"}),
        ("strict", "", {"breach", "warning", "advice"}),
        ("basic", "", {"breach"}),
        ("basic", "unused-waiver: breach", {"breach"}),
    ],
)
def test_a_profile_says_which_rules_are_on(profile: Profile, rules: str, on: set[str], read_jane: Read) -> None:
    """Basic has breaches alone, a warning that the practice calls a breach among them."""
    read = settings(read_jane, rules, profile)
    assert {read.of[rule.code].severity for rule in BOOK if read.of[rule.code].on} == on
    assert read.of["JRN106"].on == (profile != "basic" or bool(rules))


@pytest.mark.parametrize(
    ("rules", "code", "name", "value"),
    [
        ("late-reply: {grace: 2 h}", "CTC105", "grace", Duration(minutes=120)),
        ("CTC109: {run: 4}", "CTC109", "run", 4),
        ("CTC111: {share: 0.25}", "CTC111", "share", Fraction(1, 4)),
        ("CTC111: {share: 1/3}", "CTC111", "share", Fraction(1, 3)),
    ],
)
def test_an_option_is_read_in_the_type_of_its_default(
    rules: str, code: str, name: str, value: OptionValue, read_jane: Read
) -> None:
    """A duration, a whole number, or a share."""
    setting = settings(read_jane, rules).of[code]
    assert (setting.options[name], set(setting.chosen)) == (value, {name})


@pytest.mark.parametrize(
    ("rules", "subject", "message"),
    [
        ("late-rply: off", "rules.late-rply", "`late-rply` names no rule; did you mean `late-reply`?"),
        ("zzz: off", "rules.zzz", "`zzz` names no rule; `coachlog rule` lists them all."),
        ('"Jane, mostly": off', "rules.a key", "A key of `rules:` names no rule; "),
        ("late-reply: loud", "rules.late-reply", "Expected off, breach, warning, advice, or a mapping such as"),
        ("late-reply: warnin", "rules.late-reply", "Expected off, breach, warning, advice, or a mapping such as {s"),
        ("CTC105: {off: yes}", "rules.CTC105.off", "`off` is no option of CTC105; to switch it off: {CTC105: off}."),
        ("CTC105: {foo: 3}", "rules.CTC105.foo", "`foo` is no option of CTC105; it has severity and grace."),
        ("CTC: off", "rules.CTC", "`CTC` is a chapter; rules are set one by one, by code or name."),
        ("profile: basic", "rules.profile", "`profile` is no rule; it stands by itself in coachlog.yaml"),
        ("CTC105: yes, late-reply: off", "rules.late-reply", "CTC105 is set a second time here; keep one of the two."),
        ("late-reply: [off]", "rules.late-reply", "Expected off, breach, warning, advice, or a mapping such as"),
        ("CTC105: {grac: 2 h}", "rules.CTC105.grac", "`grac` is no option of CTC105; did you mean `grace`?"),
        ('CTC105: {"Jane waits": 2 h}', "rules.CTC105.a key", "A key is no option of CTC105; "),
        ("CTC105: {grace: soon}", "rules.CTC105.grace", "`grace` of CTC105 is not understood: expected a duration"),
        ("CTC105: {grace: [2 h]}", "rules.CTC105.grace", "`grace` of CTC105 is not understood: expected a duration"),
        ("CTC109: {run: many}", "rules.CTC109.run", "`run` of CTC109 is not understood: expected a whole number"),
        ("CTC111: {share: 1/0}", "rules.CTC111.share", "`share` of CTC111 is not understood: expected a number"),
        ("CTC111: {share: -1}", "rules.CTC111.share", "`share` of CTC111 is not understood: expected a number"),
    ],
)
def test_a_mistake_is_named_and_the_default_judges(rules: str, subject: str, message: str, read_jane: Read) -> None:
    """One problem says where and what; the rule is as if nothing had been set."""
    read = settings(read_jane, rules)
    assert [(one.subject, one.message[: len(message)]) for one in read.problems] == [(subject, message)]
    assert all(read.of[code].options == rule.options for code, rule in BY_CODE.items())
    assert all(read.of[code].on == rule.on for code, rule in BY_CODE.items())


def test_a_severity_that_is_none_has_a_nearest(read_jane: Read) -> None:
    """The word that was meant is named."""
    read = settings(read_jane, "CTC105: {severity: warnin}")
    assert read.problems[0].message.endswith("; did you mean `warning`?")


def test_it_is_known_where_each_thing_was_set(read_jane: Read) -> None:
    """The line of a severity, of off, and of each option; what could not be understood was not set."""
    rules = "\n  CTC105:\n    severity: warning\n    grace: 2 h\n  SES101: off\n  CTC109: {run: many}\n"
    practice = read_jane(practice=f"profile: strict\nrules:{rules}").practice
    read = read_settings(practice, BOOK, code_of)
    lines = {code: {name: place.line for name, place in read.of[code].set_at.items()} for code in read.of}
    assert {code: at for code, at in lines.items() if at} == {
        "CTC105": {"severity": 6, "grace": 7},
        "SES101": {"severity": 8},
    }
    assert (read.profile, read.profile_at and read.profile_at.line) == ("strict", 3)
    assert read_settings(practice, BOOK, code_of, "basic").profile_at is None


def test_a_rule_that_does_not_judge_yet_may_be_set(read_jane: Read) -> None:
    """Its name is known, and nobody is told off for it."""
    assert settings(read_jane, "CAN101: off").problems == ()
