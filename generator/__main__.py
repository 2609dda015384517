"""`python -m generator` is `leaflet`."""

from .cli import main

main()
