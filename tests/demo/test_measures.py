"""What `measure` may return, and what is said of the rest."""

import math

import numpy as np
import pytest

from mlterms.demo.measures import checked_measures


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (2, 2),
        (0.5, 0.5),
        (True, 1),
        (np.float32(0.5), 0.5),
        (np.float64(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), 1),
        (np.array(0.5), 0.5),
        (np.array([[0.5]]), 0.5),
        (math.inf, math.inf),
    ],
)
def test_a_measure_is_kept_as_a_plain_number(value, kept):
    number = checked_measures({"loss": value}).numbers["loss"]
    assert (number, type(number)) == (kept, type(kept) if kept is not True else int)


def test_an_array_is_kept_apart_and_as_a_copy():
    w = np.array([[1, 2], [3, 4]])
    numbers, arrays = checked_measures({"loss": 1.0, "w": w})
    w[0] = 9
    assert numbers == {"loss": 1.0}
    assert arrays["w"].tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ({"loss": [1, 2]}, "measure loss: one number is needed, not list"),
        ({"loss": np.zeros(0)}, "measure loss: one number is needed, not an array of shape (0,)"),
        ({"loss": np.zeros(65)}, "measure loss: an array has up to 64 numbers, not 65"),
        ({"loss": np.array(["a", "b"])}, "measure loss: one number is needed, not an array of shape (2,)"),
        ({"loss": None}, "measure loss: one number is needed, not NoneType None"),
        ({"loss": "1"}, "measure loss: one number is needed, not str '1'"),
        ({"loss": 1j}, "measure loss: one number is needed, not complex"),
        ({"the loss": 1}, "measure 'the loss': a name is letters"),
        ({"lambda": 1}, "measure 'lambda': a name is letters"),
        ([1], "measure returns a list, not a dict"),
        (None, "measure returns nothing, not a dict"),
    ],
)
def test_a_value_that_is_no_measure_is_reported_with_what_to_write(returned, said):
    with pytest.raises((TypeError, ValueError)) as caught:
        checked_measures(returned)
    assert said in str(caught.value)
