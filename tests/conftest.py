"""Stands here so that tests/ is on the path and the tests of every room can ask referees.py. Their today is always the
same day: leaflets of the tests whose day of review lies behind it do not begin to be refused some day."""

import os

os.environ.setdefault("SOURCE_DATE_EPOCH", "1719964800")  # 3 July 2024


def pytest_collection_modifyitems(items: list) -> None:
    """Files directly in tests/ come first: they take longest, and nobody is to wait for one that began last."""
    items.sort(key=lambda item: len(item.path.parts))
