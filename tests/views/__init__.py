"""Tests of what a coach looks at."""
