#!/usr/bin/env python3
"""Draws how the time of behavioural questions grows with the number of events.

    Benchmarks/run behaviour-growth | Benchmarks/behaviour/draw_growth.py > docs/methods/behaviour-growth.svg

Both axes are logarithmic, so that a time that grows as the events do is a line as steep as the dashed one.
"""

import collections
import math
import re
import sys

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 64, 120, 24, 48
LINE = re.compile(r"measure behaviour-growth-(\d+)-(.+)-ms ([\d.]+)")
COLOURS = ["#4269d0", "#b9770e", "#d1495b", "#2a9d8f", "#3a7d44", "#8e5ea2", "#7a6652"]
LEAST_GAP = 15


def times(lines):
    """Milliseconds by question and by millions of events."""
    found = collections.defaultdict(dict)
    for line in lines:
        match = LINE.match(line)
        if match:
            found[match[2]][int(match[1])] = float(match[3])
    return found


def spread(places):
    """Places for labels: in the order of the lines' ends, each far enough from the one before."""
    result, last = {}, -math.inf
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        last = max(place, last + LEAST_GAP)
        result[name] = last
    return result


def draw(found):
    sizes = sorted({size for row in found.values() for size in row})
    values = [value for row in found.values() for value in row.values()]
    low, high = math.log10(min(values)) - 0.1, math.log10(max(values)) + 0.1
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size):
        return LEFT + (math.log10(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(value):
        return HEIGHT - BOTTOM - (math.log10(value) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
           'font-family="system-ui, sans-serif" font-size="12">')
    yield "<title>Milliseconds of a question by millions of events, both logarithmic</title>"
    yield "<style>text { fill: #57606a } .grid { stroke: #8b949e55 } @media (prefers-color-scheme: dark) { text { fill: #9da7b3 } }</style>"
    for power in range(math.floor(low), math.ceil(high) + 1):
        for step in (1, 2, 5):
            value = step * 10 ** power
            if low <= math.log10(value) <= high:
                yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>'
                yield f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g} ms</text>'
    for size in sizes:
        yield f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size} million</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">events</text>'
    start = min(values)
    end = start * sizes[-1] / sizes[0]
    if math.log10(end) <= high:
        yield (f'<line x1="{x(sizes[0]):.1f}" y1="{y(start):.1f}" x2="{x(sizes[-1]):.1f}" y2="{y(end):.1f}" '
               'stroke="#8b949e" stroke-dasharray="4 4"/>')
    labels = spread({name: y(row[sizes[-1]]) for name, row in found.items()})
    for colour, (name, row) in zip(COLOURS, sorted(found.items())):
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in sorted(row.items()))
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for size, value in row.items():
            yield f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'
        yield f'<text x="{WIDTH - RIGHT + 10}" y="{labels[name] + 4:.1f}" style="fill: {colour}">{name} {row[sizes[-1]]:.0f} ms</text>'
    yield "</svg>"


def main():
    found = times(sys.stdin)
    if not found or len({size for row in found.values() for size in row}) < 2:
        raise SystemExit("There are no lines 'measure behaviour-growth-…' of two sizes or more on the standard input.")
    print("\n".join(draw(found)))


if __name__ == "__main__":
    main()
