"""Pages where the studio is a guest: a shop's theme with its cart and app proxy, and a site on another origin."""
