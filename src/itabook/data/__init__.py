"""Raw data in, checked tidy tables out: reading, normalising, checking, storing."""
