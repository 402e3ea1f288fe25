"""Derived values: what a coach looks at. A view returns values and never prints."""
