"""The parts of the console about making pictures."""
