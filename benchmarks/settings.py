"""The product's own settings, with one more address beside its own: the bare view that the poll is compared with."""

from cardmaker.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare"
