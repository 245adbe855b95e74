"""Writes the numbers that the Statistics tests compare with, from SciPy and statsmodels.

Usage: references.py            rewrites Tests/StatisticsTests/References.swift
       references.py --check    fails if the file differs from what would be written

Needs SciPy and statsmodels; the file names the versions it was made with.
"""

import itertools
import math
import pathlib
import sys
from functools import partial

import numpy
import scipy
import statsmodels
import statsmodels.api
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

FILE = pathlib.Path(__file__).parent.parent / "Tests/StatisticsTests/References.swift"
CONFIDENCES = (0.95, 0.99)

# Student (1908): hours of sleep gained by ten patients with two drugs; R's data set `sleep`.
SLEEP = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
)
# Made up: delivery times in seconds whose spread differs between the periods.
DELIVERIES = ([812, 905, 798, 1203, 955, 871, 1010], [640, 702, 688, 655, 671, 690, 649, 702, 661])
# Made up: what each customer spent, and in how many orders.
SPENT = ([120.5, 19.9, 310, 45.25, 88, 0, 64.5, 215, 33.3], [75, 142.8, 260, 18.4, 99.9, 410, 52])
ORDERS = ([3, 1, 5, 1, 2, 1, 2, 4, 1], [1, 2, 4, 1, 1, 5, 1])


def quantiles():
    """(degrees of freedom or infinity, probability, quantile)."""
    probabilities = (0.5, 0.9, 0.975, 0.025, 0.995, 1e-12)
    for probability in probabilities:
        yield math.inf, probability, stats.norm.ppf(probability)
    for freedom, probability in itertools.product((1, 2.5, 9, 17.776, 1e6), probabilities):
        yield freedom, probability, stats.t.ppf(probability, freedom)


def shares():
    for numerator, denominator in ((0, 20), (3, 40), (500, 1000), (20, 20), (1, 1), (7, 1_000_000)):
        test = stats.binomtest(numerator, denominator)
        yield [[numerator, denominator]], partial(test.proportion_ci, method="wilson")


def means():
    for sample in (*SLEEP, *DELIVERIES, SPENT[0], [1, 2]):
        yield [sample], stats.ttest_1samp(sample, 0).confidence_interval


def ratios():
    """ΣN/ΣD as a regression through the origin with weights 1/D.

    Its robust variance (HC1) is the delta method's: Σ(N - ratio·D)² · n / (n - 1) / (ΣD)².
    """
    for numerators, denominators in zip(SPENT, ORDERS):
        weights = 1 / numpy.array(denominators)
        model = statsmodels.api.WLS(numerators, denominators, weights=weights)
        fit = model.fit(cov_type="HC1", use_t=True)
        yield [numerators, denominators], lambda level: fit.conf_int(1 - level)[0]


def counts():
    for count in (0, 1, 9, 400, 1_000_000):
        yield [[count]], lambda level: confint_poisson(count, 1, "score", 1 - level)


def changes_of_shares():
    # The cases of Newcombe's (1998) table II, then a large one.
    cases = (
        (48, 80, 56, 70), (3, 10, 9, 10), (2, 7, 6, 7), (0, 29, 5, 56), (0, 20, 0, 10),
        (0, 10, 0, 10), (0, 20, 10, 10), (0, 10, 10, 10), (31_000, 100_000, 30_500, 98_000),
    )  # fmt: skip
    for before, of_before, after, of_after in cases:
        interval = partial(
            confint_proportions_2indep, after, of_after, before, of_before, "newcomb"
        )
        yield [[before, of_before], [after, of_after]], lambda level: interval(alpha=1 - level)


def changes_of_means():
    for before, after in (SLEEP, DELIVERIES):
        test = stats.ttest_ind(after, before, equal_var=False)
        yield [before, after], test.confidence_interval


def changes_of_ratios():
    """Welch's interval over linearised rows, ratio + n · (N - ratio·D) / ΣD."""
    rows = []
    for numerators, denominators in zip(SPENT, ORDERS):
        numerators, denominators = numpy.array(numerators), numpy.array(denominators)
        ratio = numerators.sum() / denominators.sum()
        rows.append(ratio + (numerators - ratio * denominators) / denominators.mean())
    for before, after in ((0, 1), (1, 0)):
        test = stats.ttest_ind(rows[after], rows[before], equal_var=False)
        inputs = [SPENT[before], ORDERS[before], SPENT[after], ORDERS[after]]
        yield inputs, test.confidence_interval


def changes_of_counts():
    for before, after in ((0, 0), (0, 5), (9, 4), (400, 437), (1_000_000, 998_000)):
        interval = partial(
            confint_poisson_2indep, after, 1, before, 1, "mover", "diff", method_mover="score"
        )
        yield [[before], [after]], lambda level: interval(alpha=1 - level)


def changes_of_totals():
    for before, after in (SPENT, DELIVERIES, ([], SPENT[0])):
        error = math.sqrt(numpy.square([*before, *after]).sum())
        yield [before, after], stats.norm(sum(after) - sum(before), error).interval


def literal(value):
    value = float(value)
    return ".infinity" if math.isinf(value) else repr(value)


def swift_array(values):
    return "[" + ", ".join(literal(value) for value in values) + "]"


def swift_case(inputs, interval):
    """One `Reference`; several inputs stand a line each."""
    rows = [swift_array(row) for row in inputs]
    yield "        Reference("
    if len(rows) == 1:
        yield f"            inputs: [{rows[0]}],"
    else:
        yield "            inputs: ["
        yield from (f"                {row}," for row in rows)
        yield "            ],"
    yield "            expected: ["
    for level in CONFIDENCES:
        yield f"                {swift_array([level, *interval(level)])},"
    yield "            ]),"


def swift_file():
    yield "// Made by Scripts/references.py with"
    yield f"// SciPy {scipy.__version__} and statsmodels {statsmodels.__version__}; do not edit."
    yield ""
    yield "/// What SciPy and statsmodels say."
    yield "enum References {"
    yield "    /// Degrees of freedom (infinite for the normal distribution), probability, quantile."
    yield "    static let quantiles: [[Double]] = ["
    for freedom, probability, quantile in quantiles():
        yield f"        {swift_array([freedom, probability, quantile])},"
    yield "    ]"
    families = {
        "shares": shares,
        "means": means,
        "ratios": ratios,
        "counts": counts,
        "changesOfShares": changes_of_shares,
        "changesOfMeans": changes_of_means,
        "changesOfRatios": changes_of_ratios,
        "changesOfCounts": changes_of_counts,
        "changesOfTotals": changes_of_totals,
    }
    for name, cases in families.items():
        yield ""
        yield f"    static let {name}: [Reference] = ["
        for case in cases():
            yield from swift_case(*case)
        yield "    ]"
    yield "}"


def main():
    text = "\n".join(swift_file()) + "\n"
    if sys.argv[1:] == ["--check"]:
        if FILE.read_text() != text:
            sys.exit(f"{FILE.name} differs from what SciPy and statsmodels say now")
    else:
        FILE.write_text(text)


main()
