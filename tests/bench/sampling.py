#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many executions each strategy needs to the first finding: writes the tables of
docs/sampling.md, between its two marks. Fails when a goal of that page is missed.

Usage: tests/bench/sampling.py [build/release/heddle]
"""
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEEDS = range(1, 21)
LIMIT = 2000  # executions of one check
GOAL = 2000  # of pos, in the median
RAREST = 200  # plain random finds it in fewer than one of so many
BURST = 64  # of auto
SAMPLERS = ["random", "pos", "pct", "surw"]
BEGIN, END = "<!-- tables: tests/bench/sampling.py -->", "<!-- end of tables -->"


def executions(heddle, paths, strategy, seed):
    """By path: executions up to the first finding (or LIMIT), and whether there was one."""
    answer = subprocess.run(
        [heddle, "check", "--strategy", strategy, "--seed", str(seed), "--format", "json",
         "--max-executions", str(LIMIT), "--quiet", *paths],
        capture_output=True, text=True, timeout=1200, cwd=ROOT, check=False)
    result = {path: (0, False) for path in paths}
    for target in json.loads(answer.stdout)["targets"]:
        count, found = result[target["path"]]
        if not found:  # the first entry with a finding ends it
            result[target["path"]] = (count + target["exploration"]["executions"],
                                      target["verdict"] == "fail")
    return result


def over_seeds(heddle, paths, strategy):
    """By path: a list of what executions gives, over the seeds (which dpor does not look at)."""
    seeds = [1] if strategy == "dpor" else SEEDS
    runs = [executions(heddle, paths, strategy, seed) for seed in seeds]
    return {path: [r[path] for r in runs] for path in paths}


def median(runs):
    """Runs without a finding took longer than any other."""
    return statistics.median([n if found else float("inf") for n, found in runs])


def show(number):
    return f"more than {LIMIT:,}" if number == float("inf") else f"{number:,.0f}"


def rare_table(heddle, faults):
    lines = ["| scenario | random: one in | random | pos | pct | surw | dpor |",
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    paths = [str(p.relative_to(ROOT)) for p in sorted((ROOT / "scenarios" / "rare").glob("*.go"))]
    runs_of = {s: over_seeds(heddle, paths, s) for s in SAMPLERS + ["dpor"]}
    for name in paths:
        runs = {s: runs_of[s][name] for s in runs_of}
        found = sum(f for _, f in runs["random"])
        one_in = sum(n for n, _ in runs["random"]) / found if found else float("inf")
        medians = [median(runs[s]) for s in SAMPLERS + ["dpor"]]
        lines.append(f"| `{pathlib.Path(name).stem}` | {show(one_in)} | " +
                     " | ".join(show(m) for m in medians) + " |")
        if one_in < RAREST:
            faults.append(f"{name} is not rare: random finds it in one of {one_in:.0f}")
        if medians[SAMPLERS.index("pos")] > GOAL:
            faults.append(f"{name}: pos needs more than {GOAL}")
    return lines


def wants_finding(path):
    first = path.read_text(encoding="utf-8").split("package ")[0]
    return "//heddle:want " in first and "//heddle:want pass" not in first


def auto_table(heddle, faults):
    total = {"auto": 0, "pos": 0, "dpor": 0, "bound": 0}
    paths = [str(p.relative_to(ROOT)) for p in sorted((ROOT / "scenarios").rglob("*.go"))
             if wants_finding(p)]
    runs = {s: over_seeds(heddle, paths, s) for s in ("auto", "pos", "dpor")}
    for name in paths:
        need = {s: min(median(runs[s][name]), LIMIT) for s in runs}
        for s in need:
            total[s] += need[s]
        total["bound"] += BURST + min(need["pos"], need["dpor"])
    if total["auto"] > total["bound"]:
        faults.append(f"auto needs {total['auto']:.0f}, more than {total['bound']:.0f}")
    return [f"All {len(paths)} scenarios with a finding, executions to the first one, medians of "
            f"{len(SEEDS)} seeds, in the sum:", "",
            "| pos | dpor | auto | the burst and the smaller of pos and dpor |",
            "| ---: | ---: | ---: | ---: |",
            "| " + " | ".join(f"{total[s]:,.0f}" for s in ("pos", "dpor", "auto", "bound")) + " |"]


def main():
    heddle = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/heddle")
                 .resolve())
    faults = []
    lines = rare_table(heddle, faults) + [""] + auto_table(heddle, faults)
    page = ROOT / "docs" / "sampling.md"
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(before + BEGIN + "\n\n" + "\n".join(lines) + "\n\n" + END + after,
                    encoding="utf-8")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
