"""The journal on disk: where its files lie, how they are read."""
