"""What `contract new` asks on a terminal: the terms without which a contract leaves open what hurts later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coachlog.commands.contract.terms import Typed, ready, typed_terms, with_typed
from coachlog.commands.desk.asking_for import offer, one_of, yes_or_no
from coachlog.commands.desk.desk import Desk
from coachlog.errors import WrongCall
from coachlog.store.emit import Value

FEE = "The fee (900 GBP, 75 GBP per session, or pro bono)"
MEDIA = "How the client may reach you in between, and how soon you answer (email 24 h, phone 2 days; or none)"
CONFIDENTIAL = "Is all of it confidential, but for harm, a subpoena, and what the client agrees to in writing (yes, no)"
EXCEPTIONS = "[harm, subpoena, consent]"
"""What S4 asks a coach to name: a danger to life or limb, the law, the client's own written consent."""
LATE = ("counts", "fee", "free")
NONE = "none"


@dataclass(frozen=True)
class Interview:
    """The questions about a new contract, each asked only where nothing is said of its term yet; Enter skips."""

    desk: Desk
    code: str
    said: Mapping[str, Value]

    def answers(self) -> list[Typed]:
        """Ask, and give the terms that were answered."""
        return [
            *self._asked("length", "How long is a session (60 min)", self._plain("length")),
            *self._asked("every", "How often do you meet (2 weeks)", self._plain("every")),
            *self._asked("fee", FEE, self._fee),
            *self._cancellation(),
            *self._asked("between_sessions", MEDIA, self._media),
            *self._asked("confidentiality", CONFIDENTIAL, self._confidential),
            *self._asked("termination", "Notice for ending early (1 week)", self._set("termination.notice")),
        ]

    def _asked(self, term: str, question: str, parse: Callable[[str], list[Typed]]) -> list[Typed]:
        if term in self.said or (term == "fee" and "pro_bono" in self.said):
            return []
        return offer(self.desk.wishes, question, parse) or []

    def _cancellation(self) -> list[Typed]:
        notice = self._asked(
            "cancellation", "Notice for cancelling or moving a session (24 h)", self._set("cancellation.notice")
        )
        if not notice:
            return []
        late = offer(self.desk.wishes, f"What a late cancellation costs ({', '.join(LATE)})", one_of(LATE))
        terms = [*notice, *(self._set("cancellation.late")(late) if late else [])]
        if late == "fee":
            terms += offer(self.desk.wishes, "How much (75 GBP)", self._set("cancellation.late_fee")) or []
        return terms

    def _plain(self, name: str) -> Callable[[str], list[Typed]]:
        return lambda text: self._checked(typed_terms(None, self.desk.now, **{name: text}))

    def _set(self, name: str) -> Callable[[str], list[Typed]]:
        return lambda text: self._checked(typed_terms([f"{name}={text}"], self.desk.now))

    def _fee(self, text: str) -> list[Typed]:
        if text.lower() == "pro bono":
            return typed_terms(["pro_bono=yes"], self.desk.now)
        return self._checked(typed_terms(None, self.desk.now, fee=text))

    def _media(self, text: str) -> list[Typed]:
        """Read `email 24 h, phone 2 days`; a medium alone promises no time."""
        if text.lower() == NONE:
            return typed_terms([f"between_sessions={NONE}"], self.desk.now)
        media = [one.strip().partition(" ") for one in text.split(",")]
        clause = ", ".join(f"{medium}: {time.strip()}" for medium, _, time in media)
        return self._checked(typed_terms([f"between_sessions.via={{{clause}}}"], self.desk.now))

    def _confidential(self, text: str) -> list[Typed]:
        if not yes_or_no(text):
            what = "Then its exceptions want words of their own."
            raise WrongCall(what, f"Skip this, and write them down: coachlog edit {self.code} contract.")
        return typed_terms([f"confidentiality.exceptions={EXCEPTIONS}"], self.desk.now)

    def _checked(self, typed: list[Typed]) -> list[Typed]:
        """Refuse what no contract can hold while it can still be asked again. Raises WrongCall."""
        ready(with_typed({}, typed), self.desk.practice.timezone)
        return typed
