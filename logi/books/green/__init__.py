"""The green book: zones of green, hygiene and toilets, what grows there, who looks after it, and what was done."""
