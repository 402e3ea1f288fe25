"""Commands that look at what is on file: a client's timeline, one record, a word anywhere."""
