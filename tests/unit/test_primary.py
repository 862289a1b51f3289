import pytest

from newsdesk.text import primary


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://www.fda.gov/news/1", "an official page"),
        ("https://www.legifrance.gouv.fr/loi", "an official page"),
        ("https://ec.europa.eu/press", "an official page"),
        ("https://www.gov.uk/guidance", "an official page"),
        ("https://doi.org/10.1000/1", "a paper"),
        ("https://arxiv.org/abs/2401.1", "a paper"),
        ("https://www.courtlistener.com/docket/1", "a court's document"),
        ("https://cs.school.edu/~ada/study", "a university's page"),
        ("https://corvid.example/report.PDF", "a document"),
        ("https://github.com/corvid/model", "code or data"),
        ("https://github.com/", None),
        ("https://news.example/story", None),
        ("https://notagov.example/gov", None),
    ],
)
def test_sources_at_first_hand_are_told_by_address(url, what):
    assert primary.kind(url) == what


def test_each_host_counts_once_and_the_outlets_own_never():
    html = (
        '<p><a href="https://a.gov/1">x</a> <a href="https://a.gov/2">y</a>'
        '<a href="https://files.news.example/z.pdf">z</a></p>'
    )
    assert primary.sources(html, "news.example") == (("a.gov", "an official page"),)


def test_an_address_that_is_none_is_passed_over():
    assert primary.sources('<a href="https://[broken/x.pdf">x</a>', "a.example") == ()


def test_endless_links_are_bounded():
    html = "".join(f'<a href="https://h{n}.gov/1">x</a>' for n in range(400))
    assert len(primary.sources(html, "a.example")) == primary.MAX_LINKS
