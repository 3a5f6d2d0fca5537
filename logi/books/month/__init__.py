"""The month's book: the plan of each month, line by line, and the closing of the books."""
