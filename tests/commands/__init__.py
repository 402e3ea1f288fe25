"""Tests of the commands, as real processes on real folders."""
