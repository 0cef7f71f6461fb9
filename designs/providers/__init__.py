"""Models that make pictures (later also text), behind one contract, `base.py`; reached through `registry.py`."""
