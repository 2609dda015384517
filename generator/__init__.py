"""Content (YAML) and a layout (Jinja2 over a closed subset of HTML) become a leaflet: a tagged PDF to print, read and send."""

__version__ = "0.1.0"
