"""Answering turns lines of JSON into handouts and times each: what every warm process
does, ours and the peers' alike."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def answer(make: Callable[[str], bytes], prepare: Callable[[str], object] = lambda data: data) -> None:
    """A line holds {"data": the article as text, "save": a file or null}; the answer the milliseconds and the bytes.
    What `prepare` does is not timed."""
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        given = prepare(asked["data"])
        began = time.perf_counter()
        pdf = make(given)
        took = (time.perf_counter() - began) * 1000
        if asked["save"]:
            with open(asked["save"], "wb") as out:
                out.write(pdf)
        print(json.dumps({"ms": took, "bytes": len(pdf)}), flush=True)
