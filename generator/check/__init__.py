"""Warnings about what can be built, but should be looked at again."""

from .audience import doubts
from .contrast import faint, unreadable
from .pictures import coarse

__all__ = ["coarse", "doubts", "faint", "unreadable"]
