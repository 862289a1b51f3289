"""Work that a worker process can import: it sleeps, fails or dies as told."""

import os
import signal
import time
from dataclasses import dataclass


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
