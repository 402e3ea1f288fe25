"""The media that a coach need not name to anybody first (journal.md, contacts.yaml)."""

KNOWN = ("email", "phone", "text", "message", "video", "in-person", "post")
"""Any other word is a medium, too, once a contract or a contact names it."""
