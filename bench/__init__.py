"""Measures what must hold at a million enquiries, as ratios within one run: `make bench`. docs/benchmarks.md has the
last one written down, and says what is measured how."""
