"""What a letter to a client may speak of, as plain values: nothing private, nothing of the journal's own words."""
