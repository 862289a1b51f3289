"""The site folder: its configuration, its sources, and what is adopted into it.

`load` reads it, `create` starts it, `add` gives it sources, `adopt` takes in a content
folder of the older system. What commands print about it is for the command line.
"""

from newsdesk.config.adding import Added, add, add_push
from newsdesk.config.adoption import Adopted, Aside, Unreadable, adopt
from newsdesk.config.folder import load
from newsdesk.config.given import Refused
from newsdesk.config.options import reference
from newsdesk.config.starting import TEMPLATES, create

__all__ = [
    "TEMPLATES",
    "Added",
    "Adopted",
    "Aside",
    "Refused",
    "Unreadable",
    "add",
    "add_push",
    "adopt",
    "create",
    "load",
    "reference",
]
