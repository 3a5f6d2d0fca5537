"""The patrol book: routes walked by the calendar, their rounds, the week's statistics, and hazards until cancelled."""
