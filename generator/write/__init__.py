"""Content → the YAML of a content file: the counterpart of read/."""

from .content import write_content

__all__ = ["write_content"]
