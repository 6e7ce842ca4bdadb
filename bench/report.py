"""What was measured, as a table with its marks."""

import os
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Measured:
    """One ratio (or amount), and the mark it must not pass."""

    what: str
    ours: str
    theirs: str
    value: float
    mark: float
    unit: str = ""

    @property
    def met(self):
        return self.value <= self.mark

    @property
    def line(self):
        verdict = "met" if self.met else "**missed**"
        cells = (
            self.what,
            self.ours,
            self.theirs,
            f"{self.value:.2f}{self.unit}",
            f"{self.mark:.2f}{self.unit}",
        )
        return f"| {' | '.join(cells)} | {verdict} |"


def of_lists(small, large):
    """Medians at both sizes, page by page."""
    return [
        Measured(f"{name}", f"{large[name]:.0f} ms", f"{small[name]:.0f} ms", large[name] / small[name], 3)
        for name in small
    ]


def of_exports(found):
    rows, sheet_rows = f"{found['rows']:,}", f"{found['xlsx_rows']:,}"
    return [
        Measured(
            f"CSV of {rows} rows × 11, against psql's \\copy",
            f"{found['csv']:.2f} s",
            f"{found['copy']:.2f} s",
            found["csv"] / found["copy"],
            1.5,
        ),
        Measured(
            f"memory of the process while it sends {rows} rows, above idle",
            f"{found['memory']:.1f} MB",
            "–",
            found["memory"],
            64,
            " MB",
        ),
        Measured(
            f"XLSX of {sheet_rows} rows × 11, against xlsxwriter in constant memory",
            f"{found['xlsx']:.1f} s",
            f"{found['xlsxwriter']:.1f} s",
            found["xlsx"] / found["xlsxwriter"],
            1 / 3,
        ),
    ]


def of_reports(small, large, sizes):
    """Each report at both sizes: time for each enquiry, which must not grow with their number, and memory."""
    few, many = sizes
    found = []
    for name in small:
        each = [times[name]["seconds"] / number * 1e6 for times, number in ((large, many), (small, few))]
        found += [
            Measured(
                f"report {name}, for each enquiry (in all {large[name]['seconds']:.2f} s)",
                *(f"{time:.1f} µs" for time in each),
                each[0] / each[1],
                1.5,
            ),
            Measured(
                f"memory while it is taken, above idle: {name}",
                f"{large[name]['memory']:.1f} MB",
                "–",
                large[name]["memory"],
                64,
                " MB",
            ),
        ]
    return found


def table(measured, sizes, version):
    small, large = (f"{size:,}" for size in sizes)
    return "\n".join(
        [
            f"Measured on {datetime.now(LONDON):%-d %B %Y}: {version}, Python {platform.python_version()}, "
            f"{os.cpu_count()} processors, `fsync` off. Pages: {large} against {small} enquiries.",
            "",
            "| What | Measured | Against | Ratio or amount | Mark | |",
            "|---|---|---|---|---|---|",
            *(row.line for row in measured),
        ]
    )


def write(text):
    page = PAGE.read_text()
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}")
