"""From a design to pages: previews, the proof and its print files, and what is told of a picture's origin."""
