"""The commands about steps, promises, and what came of them."""
