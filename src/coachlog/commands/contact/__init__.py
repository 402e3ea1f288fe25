"""The commands about contact between sessions."""
