"""`python -m generator` is the command `leaflet`."""

from .door.commands import main

if __name__ == "__main__":
    main()
