"""What may be written and shown: personal data, protected names, forbidden words and pictures. No part logs a text."""
