"""A coaching journal over plain YAML files that watches the coach's own boundaries."""

__version__ = "0.1.0"
