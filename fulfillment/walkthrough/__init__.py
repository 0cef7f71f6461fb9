"""One card from a sentence to a shipped print, over HTTP only: as shopper, buyer, ops and supplier in turn."""
