"""`python -m generator` is the command `leaflet`."""

from .cli import main

if __name__ == "__main__":
    main()
