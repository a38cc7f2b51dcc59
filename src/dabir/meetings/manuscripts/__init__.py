"""Minutes that are written here: opened from the meeting, typed as source text, saved as revisions; nothing is lost."""
