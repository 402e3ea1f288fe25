"""The topics that help has a page on beside the commands."""

TOPICS = (
    ("start", "The first journal, the first client, and what comes then."),
    ("dates", "How days and times may be typed."),
    ("contracts", "What is agreed, amended, paused, ended."),
    ("waivers", "When a boundary was crossed on purpose."),
    ("mail", "Contacts out of your mail, and letters into it."),
    ("git", "Every version of the journal, and a hook before each commit."),
    ("privacy", "What protects the journal, and what does not."),
    ("settings", "Your journal, your editor, short names, and TAB."),
    ("exit-codes", "What scripts are told."),
)
"""What `coachlog help` has a page on beside the commands: its name, and one line on it."""
