"""llms.txt: the site for language models."""

from __future__ import annotations

import editions
from newsdesk.render import llms_txt


def test_it_opens_with_the_name_and_a_sentence():
    lines = llms_txt.text(editions.site()).decode().splitlines()
    assert lines[0] == "# The Machine Age"
    assert lines[2] == "> News about artificial intelligence, with receipts."


def test_it_leads_to_pages_topics_and_what_machines_read():
    text = llms_txt.text(editions.site()).decode()
    assert "(https://machine-age.example/api/news/index.json)" in text
    assert (
        "- [Robotics](https://machine-age.example/topics/robotics/): Machines that move."
        in text
    )


def test_names_cannot_become_markup():
    site = editions.site(title="[x](javascript:1) <b>")
    assert llms_txt.text(site).decode().splitlines()[0] == "# x(javascript:1) b"
