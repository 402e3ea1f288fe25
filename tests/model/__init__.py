"""Tests of the first floor: the nouns of a practice and their calendar."""
