"""Every benchmark on the sets of a data folder, one JSON object a line.

python benchmarks/all.py --data DIR
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import sets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    for name, result in sets.results(sets.QUALITY + sets.SPEED, data):
        print(json.dumps({"benchmark": name, **result}), flush=True)


if __name__ == "__main__":
    main()
