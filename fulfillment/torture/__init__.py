"""`python -m fulfillment.torture`: real processes, really killed, and a count of what the supplier got."""
