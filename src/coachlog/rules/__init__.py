"""The rule book: what `coachlog check` finds, and why it matters."""
