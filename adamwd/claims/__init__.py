"""Claims: every difference between the two optimizers, with the check that measures it.

`CLAIMS` holds them by id. Importing this package imports no framework; a check does when it runs.
"""

import importlib
import pkgutil

from adamwd.claims.claim import CATEGORIES, CLAIMS, Claim, Measurement, Measurements, Skip

__all__ = ["CATEGORIES", "CLAIMS", "Claim", "Measurement", "Measurements", "Skip"]

# Each module whose name is that of a category, or begins with it, registers its claims.
for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    if _module.startswith(tuple(category.replace("-", "_") for category in CATEGORIES)):
        importlib.import_module(f"{__name__}.{_module}")
