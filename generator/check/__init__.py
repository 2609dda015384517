"""check/ turns a Content or a Theme into Problems: what can be built, but should be looked at again."""

from .audience import doubts
from .contrast import faint

__all__ = ["doubts", "faint"]
