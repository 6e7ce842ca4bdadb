from .schedules import ScheduleAdmin

__all__ = ["ScheduleAdmin"]
