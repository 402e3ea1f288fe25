"""The history of a journal, which git keeps where the coach asked for it."""
