"""The runner's promises, with real processes."""

import pytest

from chores import Item, give_up, same, work, work_carefully
from newsdesk.model.run import Failed
from newsdesk.run.local import ProcessRunner, SerialRunner


@pytest.fixture
def runner():
    with_limit = ProcessRunner(2, seconds_an_item=1.5)
    yield with_limit
    with_limit.close()


def test_answers_come_in_the_order_of_the_items(runner):
    items = [Item(str(n), seconds=0.05 if n % 3 == 0 else 0) for n in range(20)]
    assert list(runner.each("s", work, iter(items))) == [str(n) for n in range(20)]


def test_a_failed_a_dead_and_a_slow_item_become_values_and_the_rest_goes_on(runner):
    items = [
        Item("a"), Item("b", fails=True), Item("c", dies=True),
        Item("d", seconds=60), Item("e"), Item("f"),
    ]  # fmt: skip
    out = list(runner.each("read", work, items))
    assert [o if isinstance(o, str) else o.kind for o in out] == [
        "A", "fault", "crashed", "too slow", "E", "F",
    ]  # fmt: skip
    lost = out[1]
    assert isinstance(lost, Failed)
    assert (lost.stage, lost.key, lost.subject) == ("read", "b", "https://a.example/")
    assert "ValueError: no good" in lost.reason


def test_a_consumer_that_stops_early_leaves_the_runner_usable(runner):
    answers = runner.each("s", work, (Item(str(n), seconds=0.05) for n in range(50)))
    assert next(answers) == "0"
    answers.close()
    assert list(runner.each("s", work, [Item("a"), Item("b")])) == ["A", "B"]


def test_items_are_not_drawn_far_ahead(runner):
    drawn = []

    def items():
        for n in range(1000):
            drawn.append(n)
            yield Item(str(n))

    answers = runner.each("s", work, items())
    next(answers)
    assert len(drawn) < 150
    answers.close()


def test_the_serial_runner_makes_the_same_values():
    out = list(SerialRunner().each("s", work, [Item("a"), Item("b", fails=True)]))
    assert out[0] == "A"
    assert out[1].kind == "fault"


def test_what_is_to_be_done_instead_is_done_where_work_broke_down(runner):
    items = [
        Item("a"), Item("b", fails=True), Item("c", dies=True),
        Item("d", seconds=60), Item("twice", dies=True), Item("e"),
    ]  # fmt: skip
    out = list(runner.each("read", work, items, [work_carefully, give_up]))
    assert out == [
        "A", "b after fault", "c after crashed", "d after too slow",
        "twice given up after crashed", "E",
    ]  # fmt: skip


def test_an_item_that_breaks_everything_down_is_a_value_in_the_end(runner):
    (lost,) = runner.each("read", work, [Item("twice", dies=True)], [work_carefully])
    assert (lost.kind, lost.key) == ("crashed", "twice")


def test_a_failure_that_work_itself_found_is_an_answer(runner):
    found = Failed(stage="read", key="a", subject="a", reason="no title", kind="empty")
    for each in (runner.each, SerialRunner().each):
        assert list(each("read", same, [found], [give_up])) == [found]


def test_the_serial_runner_does_instead_what_a_worker_would():
    items = [Item("a"), Item("b", fails=True)]
    out = list(SerialRunner().each("s", work, items, [work_carefully]))
    assert out == ["A", "b after fault"]
