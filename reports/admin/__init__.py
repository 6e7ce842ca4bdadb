from .board_packs import BoardPackAdmin
from .page_counts import PageCountAdmin
from .schedules import ScheduleAdmin

__all__ = ["BoardPackAdmin", "PageCountAdmin", "ScheduleAdmin"]
