"""The press simulator: a seeded world of publishers on loopback, with its truth."""

from newsdesk.press.records import TopicSeed
from newsdesk.press.server import PressServer
from newsdesk.press.site import DemoSite, demo_site
from newsdesk.press.world import World, build_world

__all__ = [
    "DemoSite",
    "PressServer",
    "TopicSeed",
    "World",
    "build_world",
    "demo_site",
]
