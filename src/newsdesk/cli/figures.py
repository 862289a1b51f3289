"""The closing table of a run."""

from __future__ import annotations

import resource
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from newsdesk.pipeline import Report


def as_dict(report: Report, seconds: float) -> dict[str, Any]:
    """The figures of a run for machines."""
    return {
        "run": report.number,
        "counts": dict(report.counts),
        "failures": [
            {"stage": stage, "kind": kind, "count": count}
            for stage, kind, count in report.failures
        ],
        "files": {
            "added": len(report.written.added),
            "changed": len(report.written.changed),
            "removed": len(report.written.removed),
            "unchanged": report.written.unchanged,
        },
        "seconds": round(seconds, 1),
        "peak_mb": peak_mb(),
    }


def show(report: Report, seconds: float, console: Console) -> None:
    """One table: what came of the run, and what failed by reason."""
    table = Table(title=f"Run {report.number}", title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, count in report.counts:
        table.add_row(name, f"{count:,}")
    for stage, kind, count in report.failures:
        table.add_row(f"[dim]failed: {stage}, {kind}[/dim]", f"[dim]{count:,}[/dim]")
    table.add_row("seconds", f"{seconds:,.1f}")
    table.add_row("peak memory, MB", f"{peak_mb():,}")
    console.print(table)


def peak_mb() -> int:
    """Most memory this process and its largest worker held, in MB together."""
    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + workers) * unit // 1_000_000
