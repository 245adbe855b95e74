"""Fits BG/NBD to a table of frequency, recency and age with the package lifetimes.

Prints the seconds of the fit (the best of some runs) and the parameters.
"""
import json
import sys
import time
import warnings

import pandas
from lifetimes import BetaGeoFitter

warnings.filterwarnings("ignore")
table = pandas.read_csv(sys.argv[1])
best = None
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    fitter = BetaGeoFitter(penalizer_coef=0.0)
    fitter.fit(table["frequency"], table["recency"], table["age"])
    seconds = time.perf_counter() - start
    best = seconds if best is None else min(best, seconds)
print(
    json.dumps(
        {
            "seconds": best,
            "parameters": [float(fitter.params_[name]) for name in ("r", "alpha", "a", "b")],
        }
    )
)
