"""`python -m generator` is the command `leaflet`. Ctrl-C is told, and no fault of the
program, from the first moment on."""

import sys


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    try:
        from .door.commands import main

        main()
    except KeyboardInterrupt:  # while modules are loaded, or a second time while the first is told
        sys.stderr.write("stopped\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
