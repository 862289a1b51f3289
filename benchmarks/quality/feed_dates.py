"""How many dates as found in the wild are read right, and how many wrong.

    python benchmarks/quality/feed_dates.py FILE [--json]

FILE is a (gzipped) JSON list of {value, expected}, expected in epoch seconds or null.
`right` counts dates with a value; `wrong` counts instants that are not the expected one,
also where none was expected. A date that we decline to read is neither.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

from newsdesk.text import dates


def score(cases: list[dict[str, Any]]) -> dict[str, Any]:
    right, wrong, missed = 0, [], []
    for case in cases:
        parsed = dates.parse(case["value"])
        given = None if parsed.at is None else int(parsed.at.timestamp() // 1)
        expected = case["expected"]
        if given is not None and given == expected:
            right += 1
        elif given is not None:
            wrong.append((case, given))
        elif expected is not None:
            missed.append((case, parsed.note))
    dated = sum(case["expected"] is not None for case in cases)
    return {"dates": dated, "right": right, "wrong": wrong, "missed": missed}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    raw = given.file.read_bytes()
    cases = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    scores = score(cases)
    wrong, missed = scores.pop("wrong"), scores.pop("missed")
    if not given.json:
        for case, outcome in (*wrong, *missed):
            print(f"{case['value']!r}: expected {case['expected']}, got {outcome!r}")
    scores |= {"wrong": len(wrong), "missed": len(missed), "cases": len(cases)}
    print(json.dumps(scores) if given.json else scores)


if __name__ == "__main__":
    main()
