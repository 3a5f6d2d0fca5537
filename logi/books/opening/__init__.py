"""The opening of a term: registration by class, and where each pupil sits and sleeps."""
