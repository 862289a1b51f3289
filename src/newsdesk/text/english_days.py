"""Days and months by their English names, whatever language the machine speaks."""

from __future__ import annotations

MONTHS = (
    "January February March April May June July August September October November "
    "December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
