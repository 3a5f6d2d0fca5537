"""The gate book."""
