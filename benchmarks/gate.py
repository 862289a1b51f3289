"""The quality gate: measured quality against floors that may only rise.

python benchmarks/gate.py --data DIR [--raise]

Floors stand in `benchmarks/floors.toml`, one table a benchmark; a key may be a path
such as `files.wikinews.bcubed_f1`. `--raise` lifts each floor to what was measured less
its margin, and never lowers one: to lower a floor, edit the file and say why in the
commit. Exits 1 when anything lies below its floor.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

import sets

FLOORS = Path(__file__).parent / "floors.toml"
MARGIN = 0.002
"""Below what was measured, for libraries that change in the last digit."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--raise", dest="lift", action="store_true")
    given = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text())
    wanted = tuple(bench for bench in sets.QUALITY if bench.name in floors)
    below = checked = 0
    for name, result in sets.results(wanted, given.data):
        for key, floor in floors[name].items():
            value = found(result, key)
            checked += 1
            is_low = value < floor
            below += is_low
            print(f"{name}.{key}: {value} (floor {floor}){'  BELOW' if is_low else ''}")
            if given.lift:
                step = value if value == int(value) else round(value - MARGIN, 4)
                floors[name][key] = max(floor, step)
    if not checked:
        sys.exit(f"nothing could be checked: {given.data} holds none of the sets")
    if given.lift:
        FLOORS.write_text(written(floors))
    if below:
        sys.exit(f"{below} of {checked} lie below their floor")


def found(result: Any, key: str) -> float:
    value = result
    for step in key.split("."):
        value = value[step]
    return float(value)


def written(floors: dict[str, dict[str, float]]) -> str:
    head = "# Measured quality may not fall below these; see gate.py.\n"
    tables = (
        f"\n[{name}]\n" + "".join(f'"{key}" = {value}\n' for key, value in keys.items())
        for name, keys in floors.items()
    )
    return head + "".join(tables)


if __name__ == "__main__":
    main()
