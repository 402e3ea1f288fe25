"""The commands about sessions: booked, moved, cancelled, held."""
