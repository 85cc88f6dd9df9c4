#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes docs/performance.md: what an execution of known programs costs, in floors.

usage: tests/bench/performance.py BUILD_FOLDER [-o docs/performance.md]

Runs bench_explore (C++ programs and the floor) and `heddle check` (the same programs in Go) in one
go, so that the figures can be compared with each other, whatever the machine is. Figures of one
worker are processor time; those of Go have the start of the command in them. The gain of a second
worker is the ratio of the wall times of `--jobs 1` and `--jobs 2`, the least of three each, taken in
turn.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios" / "bench"

# name of the benchmark, what it is, classes, floors allowed in C++ and in Go, the Go file of a
# smaller member of the family and what makes it the size measured
PROGRAMS = [
    ("MutexCounter", "mutex counter, 3 tasks x 4 rounds", 34650, 25, 50,
     "mutex_counter_3x3.go", [("tasks, rounds = 3, 3", "tasks, rounds = 3, 4")]),
    ("Readers", "readers(16)", 65536, 25, 50, "readers_8.go", [("readers = 8", "readers = 16")]),
    ("Fib", "fib_bench(5), main loads", 218243, 30, 60, "fib_2.go", [("rounds = 2", "rounds = 5")]),
    ("LastZero", "lastzero(15)", 147456, 40, 80, "lastzero_5.go", [("n = 5", "n = 15")]),
    ("Philosophers", "philosophers(14)", 16382, 60, 120, "philosophers_8.go", [("n = 8", "n = 14")]),
    ("Senders", "7 senders, one receiver", 5040, 20, 40, "senders_4.go", [("n = 4", "n = 7")]),
    ("FanIn", "fan-in select, 2 producers x 8", 12870, 25, 50, "fan_in_4.go", [("n = 4", "n = 8")]),
    ("Pool", "2 workers, 9 jobs, cancelled at the end", None, 50, 100, "pool_cancelled_3.go",
     [("jobs = 3", "jobs = 9")]),
]


def fail(message):
    sys.exit(f"performance.py: {message}")


def run_benchmarks(build):
    out = subprocess.run([build / "bench_explore", "--benchmark_format=json"], check=True,
                         capture_output=True, text=True).stdout
    return {b["name"].removeprefix("Explore/").removesuffix("/iterations:1"): b
            for b in json.loads(out)["benchmarks"]}


class Run:
    """One run of the command: its report, processor and wall time, memory in MiB."""

    def __init__(self, build, path, jobs):
        begin = time.monotonic()
        with tempfile.TemporaryFile() as out:
            child = subprocess.Popen([build / "heddle", "check", "--strategy", "dpor", "--time",
                                      "ideal", "--keep-going", "--budget", "0", "--jobs", str(jobs),
                                      "--format", "json", path], stdout=out)
            _, _, usage = os.wait4(child.pid, 0)
            child.returncode = 0
            out.seek(0)
            self.exploration = json.load(out)["targets"][0]["exploration"]
        self.wall = time.monotonic() - begin
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024


def run_go(build, folder, file, changes):
    source = (SCENARIOS / file).read_text()
    for old, new in changes:
        if old not in source:
            fail(f"scenarios/bench/{file} has no '{old}' to make larger")
        source = source.replace(old, new)
    path = pathlib.Path(folder) / file
    path.write_text(source)
    runs = [(Run(build, path, 1), Run(build, path, 2)) for _ in range(3)]
    exploration = runs[0][0].exploration
    if exploration["redundant"] or not exploration["complete"]:
        fail(f"{file} was not explored class by class: {exploration}")
    for run in (run for pair in runs for run in pair):
        if dict(run.exploration, seconds=0) != dict(exploration, seconds=0):
            fail(f"{file}: the figures depend on the number of workers: {run.exploration}")
    one, two = ([pair[i] for pair in runs] for i in (0, 1))
    return (exploration["equivalence_classes"],
            min(run.cpu for run in one) / exploration["executions"],
            min(run.wall for run in one) / min(run.wall for run in two),
            max(run.memory for run in two))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path, default=ROOT / "docs/performance.md")
    args = parser.parse_args()
    benchmarks = run_benchmarks(args.build)
    floor = benchmarks["Floor"]["cpu_time"] / 1000  # microseconds
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text, classes, cpp_limit, go_limit, file, changes in PROGRAMS:
            b = benchmarks[name]
            cpp = b["cpu_time"] * 1000 / b["classes"]
            go_classes, go_seconds, gain, memory = run_go(args.build, folder, file, changes)
            if classes not in (None, int(b["classes"])) or go_classes != int(b["classes"]):
                fail(f"{text}: {int(b['classes'])} classes in C++, {go_classes} in Go, "
                     f"{classes} expected")
            go = go_seconds * 1e6
            rows.append(f"| {text} | {go_classes:,} | {cpp:.1f} | {cpp / floor:.0f} | {cpp_limit} | "
                        f"{go:.1f} | {go / floor:.0f} | {go_limit} | {gain:.2f} | {memory:.0f} |")
    head = (args.output.read_text().split("<!-- table -->")[0] if args.output.exists() else "")
    table = (f"One floor is {floor:.2f} µs in this run.\n\n"
             "| program | classes | C++, µs | C++, floors | aim | Go, µs | Go, floors | aim | "
             "two workers, times as fast | two workers, MiB |\n"
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n" + "\n".join(rows) + "\n")
    args.output.write_text(re.sub(r"\s*$", "\n\n", head) + "<!-- table -->\n" + table)


main()
