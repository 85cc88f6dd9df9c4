#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks Go's own concurrent test programs, and prints a table of what was found.

A finding that concurrent_programs.tsv does not name for its program is a false one, or one to look
at: the script then ends with status 1, as it does when a program that has findings shows none. It
takes up to 77 times the budget, so it is not part of the tests.

    tests/go_suite/check_concurrent.py [--heddle build/release/heddle] [--budget 20s] [--only TEXT]
"""
import argparse
import json
import pathlib
import subprocess
import sys

SUITE = pathlib.Path("/usr/share/go-1.19/test")
HERE = pathlib.Path(__file__).resolve().parent


def programs():
    """Name, set of kinds and reason of each program in the list."""
    for line in (HERE / "concurrent_programs.tsv").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        name, kinds, why = (line.split("\t") + ["", ""])[:3]
        yield name, set(filter(None, kinds.split(","))), why


def check(heddle, budget, name):
    """The report on the only target, or what heddle said instead."""
    command = [heddle, "check", "--budget", budget, "--time", "ideal", "--lang", "go1.19",
               "--keep-going", "--quiet", "--format", "json", str(SUITE / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)["targets"][0]
    except (ValueError, KeyError, IndexError):
        return {"verdict": f"status {done.returncode}", "findings": [], "exploration": {}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--heddle", default=str(HERE.parents[1] / "build/release/heddle"))
    parser.add_argument("--budget", default="20s")
    parser.add_argument("--only", default="", help="programs whose names contain this")
    flags = parser.parse_args()
    if not SUITE.is_dir():
        sys.exit(f"no {SUITE}: install Debian's golang-1.19-src")
    wrong = 0
    print(f"{'program':32} {'verdict':10} {'executions':>10} {'seconds':>8}  findings")
    for name, wanted, why in programs():
        if flags.only not in name:
            continue
        report = check(flags.heddle, flags.budget, name)
        found = {finding["kind"] for finding in report["findings"]}
        run = report.get("exploration") or {}
        faults = []
        if report["verdict"] not in ("pass", "fail", "incomplete"):
            faults.append("NOT CHECKED")
        if found - wanted:
            faults.append("NOT IN THE LIST: " + ", ".join(sorted(found - wanted)))
        if wanted and not found:
            faults.append("NOT FOUND: " + ", ".join(sorted(wanted)))
        wrong += bool(faults)
        kinds = ", ".join(sorted(found))
        note = "; ".join(faults) if faults else why
        print(f"{name:32} {report['verdict']:10} {run.get('executions', 0):10} "
              f"{run.get('seconds', 0):8.2f}  {kinds}{' | ' if note else ''}{note}", flush=True)
    print(f"{wrong} programs differ from the list")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
