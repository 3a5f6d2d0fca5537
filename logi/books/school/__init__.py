"""The school's own book: people, places, vendors, categories, terms, holidays, policies, settings."""
