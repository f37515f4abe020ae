"""Figures of a Tiebreak report for Python: copy this file next to your notebook.

    import tiebreak_report

    report = tiebreak_report.read("report.json")   # npx tiebreak report STUDY --format json > report.json
    frame = tiebreak_report.frame(report)           # a pandas frame, one row per figure
    tiebreak_report.plot(report)                    # the rates of all pairs with their intervals (matplotlib)

Reading and listing the figures needs the standard library alone (Python 3.9 or newer).
"""

import json

#: What figures can be about: the columns between a figure's name and its value.
KEYS = (
    "system", "against", "group", "other_group", "model", "annotator", "other_annotator",
    "field", "slice", "feature", "day",
)
#: The columns of a figure: those of the report's CSV file (--format csv --part all), in the same order.
COLUMNS = ("section", "figure", *KEYS, "value", "low", "high", "n", "method", "not_estimable", "text")

# Fields that name what an item of a list is about, and the columns they go to.
_NAMING = {
    "system": "system", "against": "against", "group": "group", "name": "group", "model": "model",
    "annotator": "annotator", "field": "field", "value": "slice", "feature": "feature", "day": "day",
}
_NAMING_TWO = {"groups": ("group", "other_group"), "annotators": ("annotator", "other_annotator")}
_ESTIMATE = {"value", "low", "high", "n", "method", "notEstimable"}


def read(path):
    """Returns the report in a JSON file, as nested dicts and lists."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def figures(report):
    """Returns every figure of a report as a list of dicts with the keys in COLUMNS; what is missing is None.

    A figure is named by its path in the report. Truth values are 1 and 0; words are in `text`; where a figure cannot
    be had, `not_estimable` is the reason.
    """
    rows = []
    for section, thing in report.items():
        for path, about, cells in _walk(thing, (), {}):
            row = dict.fromkeys(COLUMNS)
            row.update(about, section=section, figure=".".join(path) or section)
            for name, value in cells.items():
                column = "not_estimable" if name == "notEstimable" else name
                row[column] = int(value) if isinstance(value, bool) else value
            rows.append(row)
    return rows


def frame(report):
    """Returns the figures of a report as a pandas DataFrame, one row per figure."""
    import pandas

    return pandas.DataFrame(figures(report), columns=list(COLUMNS))


def plot(report, figure="halfTieRateByPrompt", group=None, axes=None):
    """Draws one figure of all pairs of a group (None: all people) with its intervals; returns the matplotlib axes."""
    import matplotlib.pyplot

    axes = axes or matplotlib.pyplot.gca()
    rows = [
        row for row in figures(report)
        if row["section"] == "pairs" and row["figure"] == figure and row["group"] == group and row["low"] is not None
    ]
    for place, row in enumerate(rows):
        axes.plot([row["low"], row["high"]], [place, place], color="0.4")
        axes.plot(row["value"], place, "o", color="0.1")
    axes.set_yticks(range(len(rows)), [f"{row['system']} against {row['against']}" for row in rows])
    axes.axvline(0.5, linestyle="--", color="0.7")
    axes.set_xlabel("win rate (ties count ½), 95 % interval")
    axes.set_xlim(0, 1)
    return axes


def _walk(thing, path, about):
    if isinstance(thing, list):
        for number, item in enumerate(thing, 1):
            names, rest = _about(item) if isinstance(item, dict) else ({}, item)
            yield from _walk(rest, path if names else (*path, str(number)), {**about, **names})
    elif isinstance(thing, dict):
        yield from _walk_dict(thing, path, about)
    else:
        yield path, about, {"text" if isinstance(thing, str) else "value": thing}


def _about(item):
    if "prompt" in item:  # several items can be about one prompt: their numbers tell them apart
        return {}, item
    names, rest = {}, {}
    for name, value in item.items():
        two = _NAMING_TWO.get(name)
        if name in _NAMING and isinstance(value, str):
            names[_NAMING[name]] = value
        elif name in _NAMING and value is None:
            pass  # all people
        elif two and isinstance(value, list) and len(value) == 2 and all(isinstance(one, str) for one in value):
            names.update(zip(two, value))
        else:
            rest[name] = value
    return (names, rest) if names else ({}, item)


def _walk_dict(thing, path, about):
    if thing and set(thing) <= _ESTIMATE:
        yield path, about, thing
        return
    interval = {name: thing[name] for name in ("low", "high", "method", "notEstimable") if name in thing}
    is_rate = "rate" in thing and ("low" in thing or "notEstimable" in thing)
    if is_rate:
        yield (*path, "rate"), about, {"value": thing["rate"], **interval}
    for name, value in thing.items():
        inside = (*path, name)
        if is_rate and (name == "rate" or name in interval):
            continue
        if name == "winProbabilities":
            systems = [one["system"] for one in thing["systems"]]
            for system, row in zip(systems, value):
                for against, probability in zip(systems, row):
                    yield inside, {**about, "system": system, "against": against}, {"value": probability}
        elif name == "notEstimable" and value is not None:
            yield inside, about, {name: value}
        else:
            yield from _walk(value, inside, about)
