"""A site's own theme: templates, style sheet, files, logo."""

from __future__ import annotations

from pathlib import Path

import pytest

import editions
from newsdesk import config
from newsdesk.model.errors import ConfigError
from newsdesk.model.site import Output
from newsdesk.render import html, html_theme, logo_size
from site_folders import LEAST, site

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"></svg>'


def pages_of(
    files: tuple[tuple[str, bytes], ...], output: Output | None = None
) -> dict[str, str]:
    made = editions.site(theme=files, output=output or Output())
    return {
        path: content.decode("utf-8", "replace")
        for path, content in html.pages(editions.edition(2), made)
    }


def complaints(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.load(folder)
    return str(caught.value).splitlines()


def theme_file(folder: Path, name: str, content: bytes) -> None:
    path = folder / "theme" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_a_template_takes_the_place_of_ours_and_may_extend_it():
    own = b"""{% extends "default/about.html" %}
{% block main %}<h1>We are three people</h1>{{ super() }}{% endblock %}"""
    page = pages_of((("about.html", own),))["about/index.html"]
    assert "<h1>We are three people</h1>" in page
    assert "How it works" in page


def test_a_base_template_changes_every_page():
    own = b"""{% extends "default/base.html" %}
{% block masthead %}<p class="name">Own masthead</p>{% endblock %}"""
    for path, page in pages_of((("base.html", own),)).items():
        if path.endswith(".html") and path != "index.html":
            assert "Own masthead" in page, path


def test_a_style_sheet_follows_ours_in_the_same_file():
    files = pages_of((("style.css", b":root{--page:#fff}"),))
    (sheet,) = [one for path, one in files.items() if path.endswith(".css")]
    assert sheet.endswith(":root{--page:#fff}")
    assert "--accent-light" in sheet


def test_files_are_published_under_a_name_with_their_hash():
    own = b"""{% extends "default/about.html" %}
{% block main %}<h1>A</h1><img src="{{ static('us.png') }}" alt="Us">{% endblock %}"""
    files = pages_of((("about.html", own), ("static/us.png", b"picture")))
    (path,) = [path for path in files if path.startswith("static/us.")]
    assert files[path] == "picture"
    assert f'src="../{path}"' in files["about/index.html"]


def test_a_logo_stands_beside_the_name_at_a_known_size():
    output = Output(logo="logo.svg")
    page = pages_of((("static/logo.svg", SVG),), output)["index.html"]
    assert 'class="logo on-any"' in page
    assert 'width="120" height="40"' in page
    assert "The Machine Age</a></h1>" in page


def test_light_and_dark_pages_may_have_a_logo_each():
    output = Output(logo="logo.svg", logo_dark="night.svg")
    given = (("static/logo.svg", SVG), ("static/night.svg", SVG + b" "))
    page = pages_of(given, output)["index.html"]
    assert page.count('class="logo on-light"') == 1
    assert page.count('class="logo on-dark"') == 1


def test_words_in_own_templates_are_escaped_too():
    own = b"<!doctype html><title>x</title><p>{{ site.title }}</p>"
    site_ = editions.site(theme=(("about.html", own),), title="<b>")
    page = dict(html.pages(editions.nothing(), site_))["about/index.html"]
    assert page.decode().endswith("<p>&lt;b&gt;</p>")


def test_a_theme_is_read_from_its_folder(tmp_path: Path):
    site(tmp_path, f'{LEAST}[output]\nlogo = "logo.svg"\n')
    theme_file(tmp_path, "static/logo.svg", SVG)
    theme_file(tmp_path, "style.css", b"p{}")
    theme_file(tmp_path, ".hidden", b"x")
    read = config.load(tmp_path)
    assert [path for path, _ in read.theme] == ["static/logo.svg", "style.css"]
    assert read.output.logo == "logo.svg"


def test_what_cannot_be_used_is_told_with_its_file_and_line(tmp_path: Path):
    site(tmp_path, f'{LEAST}[output]\nlogo = "gone.png"\n')
    theme_file(tmp_path, "about.html", b"<p>\n{% if %}")
    theme_file(tmp_path, "style.css", b"\xff")
    theme_file(tmp_path, "notes.docx", b"x")
    found = complaints(tmp_path)
    assert found[0].startswith("theme/about.html:2: not a template")
    assert found[1].startswith("theme/notes.docx: has no place in a theme")
    assert found[2] == "theme/style.css: not UTF-8"
    assert found[3].startswith("theme/static/gone.png: no such file")


def test_a_logo_is_a_name_and_no_path(tmp_path: Path):
    site(tmp_path, f'{LEAST}[output]\nlogo = "../secret.png"\n')
    assert "logo" in complaints(tmp_path)[0]


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (SVG, (300, 100)),
        (b'<svg width="20px" height="10" viewBox="0 0 9 9"/>', (20, 10)),
        (b"<svg/>", (1, 1)),
        (b'<svg width="0" height="0"/>', (1, 1)),
        (b'<svg viewBox="0 0 1.2.3 4"/>', (1, 1)),
        (b"", (1, 1)),
    ],
)
def test_the_size_of_a_drawing_is_what_it_says(
    content: bytes, size: tuple[float, float]
):
    assert logo_size.size(content) == size


def test_without_a_theme_nothing_changes():
    assert html_theme.theme(Output()) == html_theme.theme(Output(), ())
