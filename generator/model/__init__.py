"""The nouns: what the rooms hand to each other. Nothing here reads, writes or decides."""

VERSION = "0.1.0"
"""Of the program."""
