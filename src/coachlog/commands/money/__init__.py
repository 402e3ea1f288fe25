"""`coachlog payment` and `coachlog statement`: what is owed, and what came in."""
