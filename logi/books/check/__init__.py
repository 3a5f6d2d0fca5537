"""The check book: one engine for every checklist, the lists are data."""
