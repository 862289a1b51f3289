"""llms.txt: what the site is and where its words stand plain, for language models.

In the form of llmstxt.org: a name, what it is in a sentence, lists of links. It changes
with the site's options alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.model.site import Site
from newsdesk.render import addresses


def text(site: Site) -> bytes:
    """The file for a site."""
    return ("\n".join(_lines(site)) + "\n").encode()


def _lines(site: Site) -> Iterator[str]:
    def at(address: str) -> str:
        return addresses.absolute(site.url, address)

    yield f"# {_plain(site.title)}"
    yield ""
    yield f"> {_plain(site.description) or 'News from many outlets, grouped by event.'}"
    yield ""
    yield (
        "Each story groups what outlets write about one event, with a timeline, "
        "independent origins, edits and a receipt for every number. Headlines and "
        "excerpts belong to the outlets that are named and linked; cite these."
    )
    yield ""
    yield "## Read"
    yield ""
    yield f"- [Front page]({at('')}): what matters now, hottest first"
    yield f"- [Archive]({at('archive/')}): every story by day"
    yield f"- [Outlets]({at(addresses.OUTLETS)}): what each published"
    yield f"- [Corrections]({at(addresses.CORRECTIONS)}): what was put right"
    yield f"- [How it works]({at('about/')}): rules in numbers"
    yield ""
    yield "## For machines"
    yield ""
    yield f"- [JSON]({at(addresses.api_index())}): stories, newest first, page by page"
    yield f"- [Atom feed]({at(addresses.ALL_FEED)}): the newest stories"
    yield f"- [News sitemap]({at(addresses.NEWS_SITEMAP)}): the last two days"
    if site.topics:
        yield ""
        yield "## Topics"
        yield ""
    for topic in site.topics:
        about = f": {_plain(topic.description)}" if topic.description else ""
        yield f"- [{_plain(topic.name)}]({at(addresses.topic_page(topic.id))}){about}"


def _plain(words: str) -> str:
    """Words on one line that are no markup."""
    return re.sub(r"[\[\]<>`]", "", " ".join(words.split()))
