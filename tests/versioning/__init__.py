"""Tests of the history that git keeps."""
