"""Writes the numbers that the tests of survival and lifetime compare with.

Usage: customer_references.py            rewrites SurvivalReferences.swift
       customer_references.py --check    fails if a file differs from what would be written

The files are in Tests/StatisticsTests. Needs lifelines 0.30, which the files name with its version.
"""

import pathlib
import sys

import lifelines
from lifelines.datasets import load_larynx, load_waltons
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times, restricted_mean_survival_time

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
    yield f"    static let {name} = {array(values)}"


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


FILES = {"SurvivalReferences.swift": survival_file}


def main():
    for name, lines in FILES.items():
        text = "\n".join(lines()).replace("inf]", ".infinity]") + "\n"
        if sys.argv[1:] != ["--check"]:
            (FOLDER / name).write_text(text)
        elif (FOLDER / name).read_text() != text:
            sys.exit(f"{name} differs from what the libraries say now")


main()
