"""Stand-ins for the outside services: stateful, over real HTTP, with faults on demand.

A Django project of its own (settings, database, URLs) that imports none of the apps and reads none of their tables.
"""
