"""The public surface: few names, sorted, all there, all with a docstring."""

import drillsim


def test_the_public_names_are_few_sorted_and_there():
    assert len(drillsim.__all__) <= 20
    assert drillsim.__all__ == sorted(drillsim.__all__)
    assert all(hasattr(drillsim, name) for name in drillsim.__all__)


def test_every_public_name_says_what_it_is():
    silent = [n for n in drillsim.__all__ if n != "__version__" and not (getattr(drillsim, n).__doc__ or "").strip()]

    assert silent == []
