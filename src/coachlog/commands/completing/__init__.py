"""Completion at TAB: what can go on from here, told without the model and without any command."""
