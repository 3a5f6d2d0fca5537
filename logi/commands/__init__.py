"""The floor's own commands: opening, looking, mending, auditing, keeping, bulk."""
