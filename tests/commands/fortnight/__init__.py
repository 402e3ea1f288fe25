"""Two weeks of a practice as a list of facts, and the journal as it stands before them."""
