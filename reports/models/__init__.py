from .board_pack import BoardPack, BoardPackReport
from .page_count import LogPosition, PageCount
from .schedule import Schedule, ScheduledRun, ScheduledTelling, ScheduleRecipient

__all__ = [
    "BoardPack",
    "BoardPackReport",
    "LogPosition",
    "PageCount",
    "Schedule",
    "ScheduleRecipient",
    "ScheduledRun",
    "ScheduledTelling",
]
