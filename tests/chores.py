"""Work that a worker process can import: it sleeps, fails or dies as told."""

import os
import signal
import time
from dataclasses import dataclass

from newsdesk.model.run import Failed


@dataclass(frozen=True)
class Item:
    key: str
    url: str = "https://a.example/"
    seconds: float = 0.0
    dies: bool = False
    fails: bool = False


def work(item: Item) -> str:
    time.sleep(item.seconds)
    if item.dies:
        os.kill(os.getpid(), signal.SIGKILL)
    if item.fails:
        raise ValueError("no good")
    return item.key.upper()


def work_carefully(item: Item, failed: Failed) -> str:
    """What is done instead: it fails where the key says so, and tells what came before."""
    if item.key.startswith("twice"):
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{item.key} after {failed.kind}"


def give_up(item: Item, failed: Failed) -> str:
    """What is done when all else failed."""
    return f"{item.key} given up after {failed.kind}"


def same(item: object) -> object:
    """The item itself."""
    return item
