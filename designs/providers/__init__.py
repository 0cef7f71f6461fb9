"""Models that make pictures (later also text), behind one contract: `base.py`. Reached by name through `registry.py`."""
