"""`coachlog supervision`: the coach's own supervision, and what to bring to it."""
