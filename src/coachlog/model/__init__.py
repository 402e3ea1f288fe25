"""The nouns of a coaching practice, and the questions that can be asked of them."""
