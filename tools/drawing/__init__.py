"""
Draws what the site is dressed in: mark, emblems, flowers, hills, hero and starter pictures.

All of it is one form, a bloom whose petals follow the golden angle. `python -m tools.drawing` writes
every file again, byte for byte the same; the site itself never imports this package.
"""
