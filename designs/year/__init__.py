"""The year of a calendar: its dates and holidays, and the story that its months tell."""
