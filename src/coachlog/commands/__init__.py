"""One module per group of commands: look up, ask, show, exit."""
