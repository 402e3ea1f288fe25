"""The commands that judge, and those about judging."""
