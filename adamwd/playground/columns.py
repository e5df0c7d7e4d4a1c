"""Answers with many numbers: named arrays in one column, and their layout as JSON."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Answer = tuple[str, Array]


def answer(arrays: Mapping[str, Array], **more: Any) -> Answer:
    """Return arrays as one column of numbers with the layout to read it by.

    Args:
        arrays: Arrays by name.
        **more: What else the JSON says.

    Returns:
        ``{"layout": [[name, shape], ...], ...}`` as JSON, and a contiguous float64 array with the
        arrays one after the other, in that order.
    """
    layout = [[name, list(array.shape)] for name, array in arrays.items()]
    flat = [np.asarray(array, np.float64).ravel() for array in arrays.values()]
    return json.dumps({"layout": layout, **more}), np.concatenate(flat)
