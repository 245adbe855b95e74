"""Writes the numbers that the tests of survival and lifetime compare with.

Usage: customer_references.py            rewrites SurvivalReferences.swift and
                                         LifetimeReferences.swift
       customer_references.py --check    fails if a file differs from what would be written

The files are in Tests/StatisticsTests. Needs lifelines 0.30 and lifetimes 0.11.3 with
pandas 2 and numpy 1, of which the files name the versions.
"""

import pathlib
import sys

import lifelines
import lifetimes
import numpy
import pandas
from lifelines.datasets import load_larynx, load_waltons
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times, restricted_mean_survival_time
from lifetimes.datasets import load_donations

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/StatisticsTests"


def array(values):
    return "[" + ", ".join(repr(float(value)) for value in values) + "]"


def matrix(name, comment, rows):
    yield f"    /// {comment}"
    yield f"    static let {name}: [[Double]] = ["
    yield from (f"        {array(values)}," for values in rows)
    yield "    ]"


def row(name, comment, values):
    yield f"    /// {comment}"
    yield f"    static let {name}: [Double] = ["
    yield from (f"        {float(value)!r}," for value in values)
    yield "    ]"


def deaths():
    """(name, frame with T, E and group): flies with and without a microRNA, and patients with
    cancer of the larynx by stage, as lifelines ships them."""
    yield "flies", load_waltons()
    larynx = load_larynx().rename(columns={"time": "T", "death": "E"})
    stages = larynx[["Stage_II", "Stage_III", "Stage_IV"]].to_numpy()
    yield "larynx", larynx.assign(group=stages @ [2, 3, 4])


def survival_file():
    yield f"// Made by Scripts/customer_references.py with lifelines {lifelines.__version__};"
    yield "// do not edit."
    yield ""
    yield "/// What lifelines says of survival."
    yield "enum SurvivalReferences {"
    for name, frame in deaths():
        groups = sorted(frame.group.unique())
        index = frame.group.map(groups.index)
        counts = frame.groupby([index, "T"]).E.agg(["sum", "size"]).reset_index()
        yield from matrix(
            f"{name}Counts", "Group, time, events, censored.",
            ((count.group, count["T"], count["sum"], count["size"] - count["sum"])
             for _, count in counts.iterrows()),
        )  # fmt: skip
        yield ""
        curves, times, means = [], [], []
        for group in range(len(groups)):
            chosen = frame[index == group]
            fitter = lifelines.KaplanMeierFitter().fit(chosen["T"], chosen.E)
            bounds = fitter.confidence_interval_
            variances = (bounds.iloc[:, 1] - bounds.iloc[:, 0]) > 0
            for time in bounds.index[variances]:
                curves.append((group, time, fitter.predict(time), *bounds.loc[time]))
            median = median_survival_times(bounds)
            times.append((group, fitter.median_survival_time_, *median.iloc[0]))
            limit = chosen["T"].max() * 0.8
            means.append((group, limit, restricted_mean_survival_time(fitter, limit)))
        yield from matrix(f"{name}Curves", "Group, time, survival, 95 % interval.", curves)
        yield ""
        yield from matrix(f"{name}Medians", "Group, median, 95 % range.", times)
        yield ""
        yield from matrix(f"{name}Means", "Group, time, restricted mean until it.", means)
        yield ""
        test = multivariate_logrank_test(frame["T"], frame.group, frame.E)
        result = (test.test_statistic, len(groups) - 1, test.p_value)
        yield from row(f"{name}LogRank", "Chi-squared, degrees of freedom, p.", result)
        if name == "flies":
            yield ""
    yield "}"


def shoppers():
    """Made up: customers who buy and stop as BG/NBD says, in weeks, with times rounded."""
    random = numpy.random.default_rng(2005)
    rows = []
    for age in (20, 40):
        for _ in range(300):
            rate, stop = random.gamma(0.6, 1 / 5), random.beta(0.9, 3)
            time, recency, frequency = random.exponential(1 / rate), 0, 0
            while time <= age:
                recency, frequency = max(1, round(time)), frequency + 1
                if random.random() < stop:
                    break
                time += random.exponential(1 / rate)
            rows.append((frequency, recency, age))
    frame = pandas.DataFrame(rows, columns=["frequency", "recency", "T"])
    return frame.groupby(list(frame)).size().rename("weights").reset_index()


def weekly_model(name, fitter, parameters, frame):
    """A model fitted to shoppers, and what it says with fixed parameters."""
    fitter.fit(frame.frequency, frame.recency, frame["T"], weights=frame.weights, tol=1e-9)
    yield from row(f"{name}Fit", f"{', '.join(parameters)}.", fitter.params_[parameters])
    yield ""
    fitter.params_ = fitter.params_.round(2)
    yield from row(f"{name}Rounded", f"{', '.join(parameters)}.", fitter.params_[parameters])
    yield ""
    cases = [
        (history, time)
        for history in ((0, 0, 16), (0, 0, 40), (1, 2, 28), (3, 25, 28), (9, 40, 40), (24, 30, 40))
        for time in (1, 52)
    ]
    yield from matrix(
        f"{name}Customers",
        "Frequency, recency, age, weeks ahead, expected purchases, probability alive.",
        (
            (
                *history, time,
                fitter.conditional_expected_number_of_purchases_up_to_time(time, *history),
                numpy.ravel(fitter.conditional_probability_alive(*history))[0],
            )
            for history, time in cases
        ),
    )  # fmt: skip
    yield ""
    new = fitter.expected_number_of_purchases_up_to_time
    yield from matrix(
        f"{name}New", "Weeks, expected purchases of a new customer.",
        ((time, new(time)) for time in (0.5, 10, 52, 520)),
    )  # fmt: skip


def chances(name, chance, times):
    yield from matrix(
        f"{name}Chances", "Time, repeat purchases, probability.",
        ((time, count, chance(time, count)) for time in times for count in (0, 1, 2, 5)),
    )  # fmt: skip


def donors():
    """The discrete model, on the donors of the paper's table."""
    frame = load_donations()
    model = lifetimes.BetaGeoBetaBinomFitter()
    model.fit(frame.frequency, frame.recency, frame.periods, frame.weights, tol=1e-9)
    yield from matrix("donors", "Frequency, recency, opportunities, donors.", frame.to_numpy())
    yield ""
    parameters = ["alpha", "beta", "gamma", "delta"]
    likelihood = -model._negative_log_likelihood_ * frame.weights.sum()
    yield from row(
        "bgbbFit", f"{', '.join(parameters)}, log-likelihood.",
        [*model.params_[parameters], likelihood],
    )  # fmt: skip
    yield ""
    model.params_ = model.params_.round(2)
    yield from row("bgbbRounded", f"{', '.join(parameters)}.", model.params_[parameters])
    yield ""
    expected, alive = (
        model.conditional_expected_number_of_purchases_up_to_time,
        model.conditional_probability_alive,
    )
    histories = [(0, 0, 6), (1, 1, 6), (1, 6, 6), (3, 4, 6), (6, 6, 6), (2, 2, 3)]
    yield from matrix(
        "bgbbCustomers",
        "Frequency, recency, opportunities, expected in 5 more, alive for the next.",
        (
            (*history, numpy.ravel(expected(5, *map(numpy.array, history)))[0],
             numpy.ravel(alive(1, *map(numpy.array, history)))[0])
            for history in histories
        ),
    )  # fmt: skip
    yield ""
    chances = model.expected_number_of_transactions_in_first_n_periods(6)
    total = frame.weights.sum()
    yield from matrix(
        "bgbbChances", "Repeat purchases in 6 opportunities, probability.",
        ((count, customers / total) for count, customers in chances["model"].items()),
    )  # fmt: skip


def lifetime_file():
    yield f"// Made by Scripts/customer_references.py with lifetimes {lifetimes.__version__};"
    yield "// do not edit."
    yield ""
    yield "/// What lifetimes says of customers."
    yield "enum LifetimeReferences {"
    frame = shoppers()
    yield from matrix(
        "shoppers", "Frequency, recency, age, customers.", frame.to_numpy())
    yield ""
    models = {
        "bgnbd": (lifetimes.BetaGeoFitter(), ["r", "alpha", "a", "b"]),
        "paretoNBD": (lifetimes.ParetoNBDFitter(), ["r", "alpha", "s", "beta"]),
    }
    for name, (model, parameters) in models.items():
        yield from weekly_model(name, model, parameters, frame)
        yield ""
    chance = models["bgnbd"][0].probability_of_n_purchases_up_to_time
    yield from chances("bgnbd", chance, (4, 40))
    yield ""
    yield from donors()
    yield "}"


FILES = {
    "SurvivalReferences.swift": survival_file,
    "LifetimeReferences.swift": lifetime_file,
}


def main():
    for name, lines in FILES.items():
        text = "\n".join(lines()).replace("inf]", ".infinity]") + "\n"
        if sys.argv[1:] != ["--check"]:
            (FOLDER / name).write_text(text)
        elif (FOLDER / name).read_text() != text:
            sys.exit(f"{name} differs from what the libraries say now")


main()
