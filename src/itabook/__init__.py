"""itabook: Thai-language books from the results of the Integrity and Transparency Assessment (ITA)."""

__version__ = "0.1.0"
