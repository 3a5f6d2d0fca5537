"""The people book: training, certificates, assessment of the staff; satisfaction and opinions of those they serve."""
