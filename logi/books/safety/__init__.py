"""The safety book."""
