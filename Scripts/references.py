"""Writes the numbers that the Statistics tests compare with, from SciPy and statsmodels.

Usage: references.py            rewrites References.swift and SurveyReferences.swift
       references.py --check    fails if a file differs from what would be written

The files are in Tests/StatisticsTests. Needs SciPy, statsmodels and mpmath; the files name the
versions they were made with.
"""

import itertools
import math
import pathlib
import sys
from functools import partial

import mpmath
import numpy
import scipy
import statsmodels
import statsmodels.api
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep
from statsmodels.stats.weightstats import DescrStatsW

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/StatisticsTests"
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


# Promoters, passives and detractors; the last are weights with decimals.
WAVES = ((100, 60, 40), (10, 0, 0), (0, 0, 3), (1436, 968, 342), (86, 74, 40), (52.5, 31.25, 20))


def adjusted(wave):
    """Mean and standard error of a wave after three more answers, in points."""
    scores = DescrStatsW([1, 0, -1], [wave[0] + 0.75, wave[1] + 1.5, wave[2] + 0.75])
    return 100 * scores.mean, 100 * math.sqrt(scores.var / scores.sum_weights)


def promoters():
    for wave in WAVES:
        mean, error = adjusted(wave)
        normal = stats.norm(mean, error)
        yield [wave], lambda level: numpy.clip(normal.interval(level), -100, 100)


def promoters_by_wald():
    for wave in (wave for wave in WAVES if sum(count > 0 for count in wave) > 1):
        scores = DescrStatsW([1, 0, -1], wave)
        error = math.sqrt(scores.var / scores.sum_weights)
        normal = stats.norm(100 * scores.mean, 100 * error)
        yield [wave], lambda level: numpy.clip(normal.interval(level), -100, 100)


def changes_of_promoters():
    for before, after in itertools.pairwise(WAVES):
        (mean_before, error_before), (mean_after, error_after) = adjusted(before), adjusted(after)
        normal = stats.norm(mean_after - mean_before, math.hypot(error_before, error_after))
        yield [before, after], lambda level: numpy.clip(normal.interval(level), -200, 200)


def weighted_means():
    """Weights that add up to the effective number of observations, (Σw)²/Σw²."""
    for sample, weights in ((SPENT[0], ORDERS[0]), (SPENT[1], [0.5, 2, 1, 1, 0.25, 3, 1.5])):
        weights = numpy.array(weights)
        scaled = weights * weights.sum() / numpy.square(weights).sum()
        summary = DescrStatsW(sample, scaled)
        yield [sample, weights], lambda level: summary.tconfint_mean(1 - level)


def percentiles():
    """(number of observations, percentile) and the ranks of the two ends."""
    cases = ((10, 0.5), (25, 0.5), (100, 0.9), (1000, 0.5), (1000, 0.99), (12345, 0.75))
    for count, percentile in cases:
        test = stats.quantile_test(numpy.arange(1, count + 1), q=count / 2, p=percentile)
        yield [[count, percentile]], test.confidence_interval


def chi_squared():
    """(statistic, degrees of freedom, probability above it, its decimal logarithm)."""
    cases = ((0, 1), (3.84, 1), (5.76, 1), (99.04, 2), (12.3, 7), (400, 1), (1550.510307, 1))
    for statistic, freedom in (*cases, (2500, 40), (1e6, 3), (30, 200)):
        with mpmath.workdps(30):
            half = mpmath.mpf(statistic) / 2
            tail = mpmath.gammainc(mpmath.mpf(freedom) / 2, half, regularized=True)
            logarithm = mpmath.log10(tail)
        yield statistic, freedom, stats.chi2.sf(statistic, freedom), logarithm


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


FILES = {
    "References.swift": {
        "shares": shares,
        "means": means,
        "ratios": ratios,
        "counts": counts,
        "changesOfShares": changes_of_shares,
        "changesOfMeans": changes_of_means,
        "changesOfRatios": changes_of_ratios,
        "changesOfCounts": changes_of_counts,
        "changesOfTotals": changes_of_totals,
    },
    "SurveyReferences.swift": {
        "promoters": promoters,
        "promotersByWald": promoters_by_wald,
        "changesOfPromoters": changes_of_promoters,
        "weightedMeans": weighted_means,
        "percentiles": percentiles,
    },
}

TABLES = {
    "References.swift": (
        "quantiles",
        "Degrees of freedom (infinite for the normal distribution), probability, quantile.",
        quantiles,
    ),
    "SurveyReferences.swift": (
        "chiSquared",
        "Statistic, degrees of freedom, probability, its decimal logarithm by mpmath.",
        chi_squared,
    ),
}


def swift_file(name):
    yield "// Made by Scripts/references.py with"
    yield f"// SciPy {scipy.__version__} and statsmodels {statsmodels.__version__}; do not edit."
    yield ""
    yield "/// What SciPy and statsmodels say."
    yield f"enum {name.removesuffix('.swift')} {{"
    table, comment, rows = TABLES[name]
    yield f"    /// {comment}"
    yield f"    static let {table}: [[Double]] = ["
    yield from (f"        {swift_array(row)}," for row in rows())
    yield "    ]"
    yield ""
    for index, (family, cases) in enumerate(FILES[name].items()):
        if index:
            yield ""
        yield f"    static let {family}: [Reference] = ["
        for case in cases():
            yield from swift_case(*case)
        yield "    ]"
    yield "}"


def main():
    for name in FILES:
        text = "\n".join(swift_file(name)) + "\n"
        if sys.argv[1:] != ["--check"]:
            (FOLDER / name).write_text(text)
        elif (FOLDER / name).read_text() != text:
            sys.exit(f"{name} differs from what SciPy and statsmodels say now")


main()
