"""How much one file of a journal may ask of the reader: limits that no honest file meets.

They are checked while a file is read, before memory grows, so that every file is answered within a second and 200 MB.
"""

MAX_BYTES = 5_000_000
"""Bytes in one file: fifty years of a busy client's sessions."""

MAX_NODES = 60_000
"""Values in one file, keys included. A contact is some twelve of them and a long session thirty, so this is 5,000
contacts or 2,000 sessions with one client. 5 MB of `-` alone would be 2.5 million, and each takes about 7 microseconds
and 700 bytes."""

MAX_DEPTH = 40
"""Lists and mappings inside one another; the journal's own format needs seven."""

MAX_ALIASES = 200
"""Places (`*name`) that point back at an anchor (`&name`)."""

MAX_EXPANSION = 10
"""How many times more values a file may have when each alias is replaced by what it points at."""

MAX_TAG_LINES = 20
"""`%TAG` lines: libyaml compares each with all before it, which takes minutes for 5 MB of them."""

MAX_BYTES_TWICE = 100_000
"""Bytes of a file that the slow parser is asked about when the fast one has refused it: it reads 0.2 MB a second."""

MAX_EVENTS_TWICE = 6_000
"""Values and ends of lists and mappings that the slow parser may report: each takes it 25 to 55 microseconds."""

MAX_FAULTS = 200
"""Faults that are told of one file: nobody mends more at once, and the nearest key to one takes 300 microseconds."""
