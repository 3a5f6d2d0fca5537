"""The stock book: items, slips, lots, what they cost, the material ledger."""
