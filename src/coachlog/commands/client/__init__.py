"""The commands about the people and groups that a coach works with."""
