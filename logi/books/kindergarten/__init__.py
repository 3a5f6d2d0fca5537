"""The kindergarten book."""
