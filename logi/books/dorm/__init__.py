"""The dorm book: who sleeps where, each night counted, leave, visitors, evening care, wardens, the standard and the ranking."""
