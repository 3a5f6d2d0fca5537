"""The books: vertical slices, one folder each, found by their cards."""
