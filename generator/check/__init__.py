"""check/ turns a Content or a Theme into Problems: what can be built, but should be looked at again."""

from .audience import doubts
from .contrast import faint, unreadable
from .pictures import coarse

__all__ = ["coarse", "doubts", "faint", "unreadable"]
