"""The field itself: rules of a year, scores, levels, findings. Pure functions, no I/O, nothing of the project."""
