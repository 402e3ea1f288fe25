"""The live companion: a session's notes, typed while it goes on."""
