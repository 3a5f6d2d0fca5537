"""The campus book: the master plan, projects from budget to settlement, the standard of equipment, the beautiful campus."""
