"""What a picture looks like in 64 bits, so that it is known again after resizing, re-encoding or a change of light.

A DCT hash (Zauner 2010): of the 32 × 32 gray copy's lowest 8 × 8 frequencies, which lie above their median.
"""

import cv2
import numpy as np

from designs.imaging.pictures import Pixels

SMALL_PX, FREQUENCIES = 32, 8
DIGITS = 16  # hexadecimal
FEW_COLORS = 2.0  # standard deviation of gray under which there is nothing to know again


def phash(pixels: Pixels) -> str:
    """16 hexadecimal digits; "" for a picture that is all one color."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(gray, (SMALL_PX, SMALL_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    if float(small.std()) < FEW_COLORS:
        return ""
    lowest = cv2.dct(small)[:FREQUENCIES, :FREQUENCIES].flatten()
    bits = lowest > np.median(lowest[1:])  # the first is the mean brightness alone
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):0{DIGITS}x}"


def mirrored(pixels: Pixels) -> str:
    """The hash of the same picture seen in a mirror."""
    return phash(np.ascontiguousarray(pixels[:, ::-1]))


def distance(one: str, other: str) -> int:
    """In how many of 64 bits two hashes differ; 64 where one is empty."""
    if not one or not other:
        return DIGITS * 4
    return (int(one, 16) ^ int(other, 16)).bit_count()
