import io
import json

from rich.console import Console

from newsdesk.model.ports import Progress
from newsdesk.run.progress import Bars, JsonLines, Lines, Several


def a_pass(progress: Progress, said: str = "3 read") -> None:
    progress.start("articles", 3)
    progress.advance("articles")
    progress.advance("articles", 2)
    progress.end("articles", said)


def test_a_pipe_gets_one_line_a_stage():
    out = io.StringIO()
    a_pass(Lines(out))
    assert out.getvalue() == "articles: 3 read\n"


def test_a_machine_gets_json_and_not_more_often_than_it_can_use():
    out, ticks = io.StringIO(), iter([0.0, 0.0, 0.1, 0.6, 0.6, 0.7])
    a_pass(JsonLines(out, clock=lambda: next(ticks)))
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(row["event"], row["done"], row["total"]) for row in told] == [
        ("start", 0, 3),
        ("progress", 3, 3),
        ("end", 3, 3),
    ]
    assert told[-1]["summary"] == "3 read"


def test_a_terminal_keeps_one_bar_a_stage_over_many_passes():
    out = io.StringIO()
    bars = Bars(Console(file=out, force_terminal=True, width=100))
    for number in range(3):
        a_pass(bars, f"pass {number}")
    bars.close()
    last = out.getvalue().rsplit("\r", 1)[-1]
    assert "pass 2" in last
    assert last.count("articles") == 1


def test_several_are_told_the_same():
    first, second = io.StringIO(), io.StringIO()
    a_pass(Several((Lines(first), Lines(second))))
    assert first.getvalue() == second.getvalue() == "articles: 3 read\n"
