"""Whom a feed names as the source of an entry is kept with the article."""

from makers import entry, site
from newsdesk.model.article import Article, ArticleId, Candidate, Page
from newsdesk.stages import copies, cover, identify_registry

REGISTRY = """\
reuters.com | Reuters | agency | GB | en
harbour.example | The Harbour | newspaper | GB | en
"""
WORDS = "The bridge over the river opened again after two years of careful work. " * 9


def covered(**item):
    made = entry(url="https://harbour.example/1", summary_html=WORDS, **item)
    candidate = Candidate(id=ArticleId("a"), url=made.item.url or "", entry=made)
    told = cover.newsroom(site(outlets=REGISTRY), [])
    found = cover.covered(Page(candidate=candidate, reply=None), told)
    assert isinstance(found, Article)
    return found


def copied(article):
    known = identify_registry.directory((), REGISTRY)
    return [copy.source for copy in copies.found([article], known)]


def test_an_entry_whose_feed_names_an_agency_as_the_source_is_its_copy():
    article = covered(provider_name="Reuters")
    assert article.reading.imprint.writers == ("Reuters",)
    assert article.provider.domain == "harbour.example"
    assert copied(article) == ["reuters.com"]


def test_a_feed_that_names_the_outlet_itself_makes_no_copy():
    assert copied(covered(provider_name="The Harbour")) == []
    assert copied(covered()) == []
