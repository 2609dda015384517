"""Leaflets of the project and of the samples, each set once however many tests of a file look at its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from project_kit import ROOT

from generator.model.layout import Geometry
from generator.model.page import Composition
from generator.model.run import Job
from generator.recipe import leaflet
from generator.recipe.project import ProjectFiles

FILES = ProjectFiles(ROOT)
KNOWN: dict[Job, tuple[Composition, Geometry]] = {}


def composed(job: Job) -> tuple[Composition, Geometry]:
    """The placed pages of a job and its sheet, for tests that change nothing on them. Raises Rejected."""
    if job not in KNOWN:
        KNOWN[job] = leaflet.pages(FILES, job)
    return KNOWN[job]


@contextmanager
def kept() -> Iterator[dict[Job, tuple[Composition, Geometry]]]:
    """The pages of each leaflet that this process builds meanwhile."""
    typeset, found = leaflet.typeset, {}

    def keeping(project: ProjectFiles, job: Job, story):
        *found[job], warnings = typeset(project, job, story)
        return *found[job], warnings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaflet, "typeset", keeping)
        yield found
