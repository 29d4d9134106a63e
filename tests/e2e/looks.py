"""Pictures of pages, compared so that another rasteriser passes and another layout does not."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

BLOCK = 8
"""Pixels that are taken together, across and down: edges of letters vanish in their mean."""
FAR = 24
"""From so much on, of 255, two blocks look different."""
ALLOWED = 4
"""Blocks that may look different."""
GREYS = 16
Picture = Image.Image


def small(picture: Picture) -> Picture:
    """A picture in greys, as it is kept."""
    return picture.convert("L").quantize(GREYS).convert("L")


def differing(one: Picture, other: Picture) -> int:
    """How many blocks look different; all where the pictures are not of one size."""
    if one.size != other.size:
        return one.width * one.height // BLOCK**2
    first, second = _blocks(one), _blocks(other)
    return int((np.abs(first - second) > FAR).sum())


def _blocks(picture: Picture) -> NDArray[np.float64]:
    across, down = picture.width // BLOCK, picture.height // BLOCK
    ink = np.asarray(picture.convert("L"), dtype=np.float64)[: down * BLOCK, : across * BLOCK]
    means: NDArray[np.float64] = ink.reshape(down, BLOCK, across, BLOCK).mean(axis=(1, 3))
    return means


def difference(one: Picture, other: Picture) -> Picture:
    """What differs, dark on white."""
    return ImageChops.invert(ImageChops.difference(one, other.resize(one.size)))


def keep(picture: Picture, path: Path) -> None:
    """A small PNG file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(GREYS).save(path, optimize=True)
