"""What comes in from other programs: mail and tables. Each is read into facts, and nothing is written here."""
