"""The meter book."""
