"""`coachlog prep`: the form that a client prepares a session with, sent and taken in again."""
