"""The stage gauge: eleven steps that rise like the tide, and the buoy on the one where the opportunity stands."""

from .svg import inline, mark

STEPS = 11
WIDTH, HEIGHT = 66, 12


def gauge(stage_index):
    """Beside the name of the stage, so it says nothing of its own to who listens."""
    steps = [mark("line", class_="st-l", x1=3 + 6 * i, x2=3 + 6 * i, y1=top(i), y2=11) for i in range(STEPS)]
    if stage_index is not None:
        stands = min(STEPS - 1, max(0, stage_index))
        steps.append(mark("circle", class_="st-d", cx=3 + 6 * stands, cy=top(stands) - 0.6, r=3))
    return inline(WIDTH, HEIGHT, *steps)


def top(i):
    return 9 - 0.5 * i
