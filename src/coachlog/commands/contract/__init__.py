"""The commands about what is agreed with a client, and what the coaching is for."""
