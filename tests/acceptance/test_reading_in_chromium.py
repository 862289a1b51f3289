"""Reading the website in a real browser: keys, search, what a reader chose, axe."""

from __future__ import annotations

import asyncio
import importlib.util
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

import chromium
import editions
from newsdesk.render import html
from newsdesk.web.server import Server, app, serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

HERE = "document.activeElement.textContent.trim()"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd > 0"
STORY = "news/2026-02-19-story-0/"
AUDITED = (
    *("", STORY, "news/2021-12-13-adopted-a-lecture/", "topics/", "topics/robotics/"),
    *("archive/", "archive/2026/02/18/", "outlets/", "outlets/voltweekly.example/"),
    *("corrections/", "status/", "search/?q=models", "about/", "404.html", "empty/"),
)
AUDIT = """axe.run().then(told => told.violations.map(
  one => [one.id, one.nodes.slice(0, 3).map(node => node.html)]))"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("public")
    made = (("", editions.edition()), ("empty/", editions.empty()))
    for below, edition in made:
        for path, content in html.pages(edition, editions.site()):
            file = folder / below / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    with serve(app(folder), "127.0.0.1", 0) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened() -> AsyncIterator[chromium.Tab]:
    async with chromium.tab() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def tab(opened: chromium.Tab, server: Server) -> chromium.Tab:
    """The one tab of these tests, without memory of the test before."""
    await opened.call(
        "Storage.clearDataForOrigin", origin=server.url[:-1], storageTypes="all"
    )
    return opened


async def until(tab: chromium.Tab, condition: str) -> None:
    """Wait until an expression is true, or fail."""
    for _ in range(60):
        if await tab.run(condition):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"never became true: {condition}")


def axe() -> str:
    """The text of axe-core. Skips the test where there is none."""
    found = [Path(os.environ.get("AXE_JS", ""))]
    for package in ("axe_playwright_python", "axe_core_python"):
        spec = importlib.util.find_spec(package)
        folders = (spec.submodule_search_locations or ()) if spec else ()
        found += [Path(folder) / "axe.min.js" for folder in folders]
    for file in found:
        if file.is_file():
            return file.read_text(encoding="utf-8")
    pytest.skip(
        "axe-core is not here: set AXE_JS to the path of its axe.min.js, or "
        "pip install --no-deps -r requirements/axe.txt"
    )


async def test_j_and_k_walk_through_the_stories_and_o_opens_one(
    tab: chromium.Tab, server: Server
):
    await tab.open(server.url)
    front = editions.edition().front
    await tab.press("j")
    assert await tab.run(HERE) == front[0].record.title
    await tab.press("j", "j")
    assert await tab.run(HERE) == front[2].record.title
    await tab.press("k")
    assert await tab.run(HERE) == front[1].record.title
    await tab.press("o")
    await until(
        tab, f"location.pathname.endsWith('/news/2026-02-19-story-1/') && {LOADED}"
    )


async def test_x_unfolds_who_else_has_a_story(tab: chromium.Tab, server: Server):
    await tab.open(server.url)
    await tab.press("j", "j", "x")
    unfolded = "document.querySelectorAll('details')[1].open"
    assert await tab.run(unfolded) is True
    await tab.press("x")
    assert await tab.run(unfolded) is False


async def test_slash_leads_to_the_search_and_keys_typed_there_are_words(
    tab: chromium.Tab, server: Server
):
    await tab.open(server.url)
    await tab.press("/")
    await until(tab, f"document.querySelector('.search') !== null && {LOADED}")
    await tab.press("/")
    assert await tab.run("document.activeElement.id") == "q"
    await tab.press("j", "k")
    assert await tab.run("document.activeElement.value") == "jk"


@pytest.mark.parametrize("modifiers", [1, 2, 4])
async def test_keys_with_alt_ctrl_or_meta_are_the_browser_s(
    tab: chromium.Tab, server: Server, modifiers: int
):
    await tab.open(server.url)
    await tab.press("j", modifiers=modifiers)
    assert await tab.run("document.activeElement.tagName") == "BODY"


async def test_keys_can_be_switched_off_and_stay_off(tab: chromium.Tab, server: Server):
    await tab.open(server.url)
    await tab.press("?")
    await until(tab, "document.querySelector('dialog')?.open === true")
    await tab.run("document.querySelector('dialog [name=keys]').click()")
    await tab.run("document.querySelector('dialog button').click()")
    await until(tab, "localStorage.getItem('keys') === 'off'")
    await tab.open(server.url + "about/")
    await tab.press("?")
    assert await tab.run("document.querySelector('dialog')") is None


async def test_closing_the_dialog_gives_the_focus_back(
    tab: chromium.Tab, server: Server
):
    await tab.open(server.url)
    await tab.run("document.getElementById('reading').focus()")
    await tab.press("?")
    await until(tab, "document.querySelector('dialog')?.open === true")
    await tab.run("document.querySelector('dialog button').click()")
    await until(tab, "document.activeElement.id === 'reading'")


async def test_stories_with_unwanted_words_are_not_shown_and_come_back(
    tab: chromium.Tab, server: Server
):
    await tab.open(server.url)
    seen = """[...document.querySelectorAll('article')]
      .filter(one => one.checkVisibility()).length"""
    everything = await tab.run(seen)
    await tab.run("localStorage.setItem('hide', 'regulators, Volt Weekly')")
    await tab.open(server.url)
    fewer = await tab.run(seen)
    assert fewer < everything
    text = await tab.run("document.querySelector('main').innerText")
    assert "Regulators in six countries" not in text
    await tab.run("localStorage.clear()")
    await tab.open(server.url)
    assert await tab.run(seen) == everything


async def test_pictures_can_be_left_out(tab: chromium.Tab, server: Server):
    await tab.open(server.url)
    await tab.run("localStorage.setItem('pictures', 'off')")
    await tab.open(server.url)
    shown = "[...document.querySelectorAll('img')].some(one => one.checkVisibility())"
    assert await tab.run(shown) is False


async def test_an_edition_that_grew_old_says_so(tab: chromium.Tab, server: Server):
    await tab.open(server.url)
    text = await tab.run("document.querySelector('.stale').innerText")
    assert "days old" in text


async def test_a_search_finds_words_in_any_order_and_without_their_accents(
    tab: chromium.Tab, server: Server
):
    found = "[...document.querySelectorAll('.found a')].map(one => one.textContent)"
    await tab.open(f"{server.url}search/?q=TRIAGE+hospítal")
    await until(tab, f"{found}.length === 1")
    (title,) = await tab.run(found)
    assert title.startswith("Hospital trial: triage assistant")
    link = await tab.run("document.querySelector('.found a').href")
    assert link == f"{server.url}news/2026-02-19-story-2/"


async def test_a_search_is_narrowed_by_what_stands_in_its_address(
    tab: chromium.Tab, server: Server
):
    many = "document.querySelectorAll('.found li').length"
    await tab.open(f"{server.url}search/?topic=robotics")
    await until(tab, f"{many} === 4")
    await tab.open(f"{server.url}search/?topic=robotics&from=2026-02-19")
    await until(tab, f"{many} < 4 && {many} > 0")
    await tab.open(f"{server.url}search/?lang=ar")
    await until(tab, f"{many} === 1")
    direction = "document.querySelector('.found h2').dir"
    assert await tab.run(direction) == "auto"


async def test_typing_searches_and_keeps_the_address(tab: chromium.Tab, server: Server):
    await tab.open(f"{server.url}search/")
    await until(tab, "document.querySelectorAll('#topic option').length > 1")
    await tab.run("document.getElementById('q').focus()")
    await tab.press(*"lecture")
    await until(tab, "document.querySelectorAll('.found li').length === 1")
    assert await tab.run("location.search") == "?q=lecture"
    said = await tab.run("document.querySelector('.said').textContent")
    assert said == "1 story"


async def test_a_search_without_a_find_says_so(tab: chromium.Tab, server: Server):
    await tab.open(f"{server.url}search/?q=zzzz")
    said = "document.querySelector('.said').textContent"
    await until(tab, f"{said} === 'Nothing was found.'")


async def test_headlines_from_right_to_left_stand_on_the_right(
    tab: chromium.Tab, server: Server
):
    await tab.open(server.url)
    side = """(() => {
      const head = document.querySelector('h2[lang=ar]');
      const range = document.createRange();
      range.selectNodeContents(head);
      const words = range.getBoundingClientRect(), box = head.getBoundingClientRect();
      return Math.abs(box.right - words.right) < 2 && words.left > box.left;
    })()"""
    assert await tab.run(side) is True


async def test_pages_hold_at_twice_the_size_of_letters(
    tab: chromium.Tab, server: Server
):
    for path in ("", STORY, "search/"):
        await tab.open(server.url + path, (640, 400))
        await tab.run("document.documentElement.style.fontSize = '200%'")
        width = await tab.run("document.documentElement.scrollWidth")
        assert width <= 640, path


async def test_axe_finds_nothing(tab: chromium.Tab, server: Server):
    code = axe()
    for dark, size in ((False, chromium.DESKTOP), (True, chromium.PHONE)):
        for path in AUDITED:
            await tab.open(server.url + path, size, dark=dark)
            await tab.run(f"{code};0")
            assert await tab.run(AUDIT) == [], (path, size)


async def test_axe_finds_nothing_in_the_dialog(tab: chromium.Tab, server: Server):
    code = axe()
    await tab.open(server.url)
    await tab.press("?")
    await until(tab, "document.querySelector('dialog')?.open === true")
    await tab.run(f"{code};0")
    assert await tab.run(AUDIT) == []
