"""Content (YAML) and a layout (Jinja2 over a closed set of elements) become a leaflet: a tagged PDF to print, read and send."""

from .model import VERSION as __version__

__all__ = ["__version__"]
