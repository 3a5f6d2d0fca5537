"""The book of repairs: slips from the report to the reporter's acceptance."""
