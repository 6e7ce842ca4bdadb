"""Colours of a chart: classes on a page, whose style sheet knows light and dark, or attributes in a document."""

from prospectus.drawings.svg import mark, num

ON_PAPER = {
    "c-1": {"fill": "#0b5d72"},
    "c-2": {"fill": "#84969d"},
    "c-3": {"fill": "#7b4600"},
    "c-4": {"fill": "#4b4b86"},
    "c-name": {"fill": "#10262f"},
    "c-figure": {"fill": "#10262f", "font_weight": "600"},
    "c-quiet": {"fill": "#566b74"},
    "c-axis": {"stroke": "#566b74"},
    "c-grid": {"stroke": "#dde5e6"},
}
TONES = 4
SIZE = 13


class Paint:
    """Marks of a chart in the colours of a palette, or with their classes where there is none."""

    def __init__(self, palette):
        self.palette = palette

    def of(self, name):
        return {"class_": name} if self.palette is None else self.palette[name]

    def text(self, words, x, y, name="c-name", anchor=None):
        place = {"x": num(x), "y": num(y), "text_anchor": anchor, "font_size": SIZE}
        return mark("text", words, **place, **self.of(name))

    def line(self, x1, y1, x2, y2, name="c-axis"):
        return mark("line", x1=num(x1), y1=num(y1), x2=num(x2), y2=num(y2), **self.of(name))

    def block(self, x, y, width, height, place):
        """A bar of the series at that place. A figure that is not zero is never invisible."""
        size = {"width": num(max(width, 0)), "height": num(max(height, 0))}
        return mark("rect", x=num(x), y=num(y), **size, **self.of(f"c-{place % TONES + 1}"))

    def group(self, y, marks):
        return mark("g", *marks, transform=f"translate(0 {num(y)})")
