"""The canteen: who cooks, what is cooked, samples kept, the day's hygiene records, and what a day lacks."""
