"""What every command does alike: find the journal and the client, ask, write as one change, tell what came of it."""
