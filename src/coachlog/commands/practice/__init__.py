"""The commands about the practice itself: its journal, its leave, the people whom clients are referred to."""
