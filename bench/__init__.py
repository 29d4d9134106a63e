"""What is timed and counted, and the made-up agencies that it is done with."""
