"""Reference photos: who is on them, which part is shown, how they are cut out and brought into a picture's colors."""
