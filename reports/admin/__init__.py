from .board_packs import BoardPackAdmin
from .schedules import ScheduleAdmin

__all__ = ["BoardPackAdmin", "ScheduleAdmin"]
