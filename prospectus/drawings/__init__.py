"""Drawings of the prospectus: SVG made on the server from plain values, the same bytes for the same facts."""
