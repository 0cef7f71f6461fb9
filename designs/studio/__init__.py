"""Pages of our own and addresses for other people's: the landing page, the studio, embeds."""
