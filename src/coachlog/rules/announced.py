"""Rules that have their code and name but do not judge yet.

A journal may name them in `rules:` and in waivers without being told that they do not exist.
"""

ANNOUNCED: tuple[tuple[str, str], ...] = (("CON111", "unagreed-change"),)
