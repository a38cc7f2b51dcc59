"""What was said and decided? Meetings, minutes, attendance, resolutions."""
