"""The commands that keep the files in order."""
