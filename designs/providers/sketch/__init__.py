"""The built-in illustrator: words to a Reading, a Reading to a Spec, a Spec to a Scene, a Scene to pixels.

Everything up to the pixels is plain data. The Spec is the recipe: drawn again at any size it is the same picture.
"""
