"""The website in a real browser: what fits, what is readable, what is loaded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

import chromium
import editions
from newsdesk.model.story import Edition
from newsdesk.render import html
from newsdesk.web.live import Live
from newsdesk.web.server import Server, app, serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PAGES = (
    "",
    "news/2026-02-19-story-0/",
    "news/2026-02-18-story-12/",
    "news/2021-12-13-adopted-a-lecture/",
    "topics/",
    "topics/robotics/",
    "archive/",
    "archive/2026/02/18/",
    "outlets/",
    "outlets/voltweekly.example/",
    "corrections/",
    "status/",
    "search/?q=models",
    "about/",
    "no/such/page",
)
SMALL = """[...document.querySelectorAll('a, button, summary')]
  .filter(one => !one.closest('[aria-hidden]') && one.checkVisibility()
    && !one.matches('.skip'))
  .map(one => [one.textContent.trim(), ...[...one.getClientRects()].map(
    box => [Math.round(box.width), Math.round(box.height)])])
  .filter(([name, ...boxes]) => Math.max(...boxes.map(box => box[1])) < 24)"""
FAINT = """(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d',
    {willReadFrequently: true});
  const rgb = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map(one => one / 255)
    .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour[3]) return colour;
    }
    return [255, 255, 255];
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    if (!words.currentNode.textContent.trim() || !node.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))]
      .sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.push([words.currentNode.textContent.trim(), ratio]);
  }
  return faint;
})()"""
HEADLINES = """[...document.querySelectorAll('article h2')]
  .filter(one => one.getBoundingClientRect().bottom <= innerHeight).length"""
SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) sum += one.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""


def write(folder: Path, edition: Edition) -> None:
    """The website of an edition, with a picture for each that it names."""
    for path, content in html.pages(edition, editions.site()):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for copy in edition.copies.values():
        for one in (*copy.webp, *copy.avif):
            file = folder / one.path
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(drawn(one.width, one.height, file.suffix))


@cache
def drawn(width: int, height: int, suffix: str) -> bytes:
    out = BytesIO()
    picture = Image.new("RGB", (width, height), (70, 90, 110))
    picture.save(out, suffix.removeprefix(".").upper())
    return out.getvalue()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("public")
    write(folder, editions.edition())
    write(folder / "empty", editions.empty())
    write(folder / "plain", replace(editions.edition(), copies={}))
    with serve(app(folder, Live()), "127.0.0.1", 0) as running:
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


async def test_ten_headlines_stand_above_the_fold_on_a_desk_and_four_in_a_hand(
    tab: chromium.Tab, server: Server
):
    for pictured in ("", "plain/"):
        await tab.open(server.url + pictured, chromium.DESKTOP)
        assert await tab.run(HEADLINES) >= 10, pictured
        await tab.open(server.url + pictured, chromium.PHONE)
        assert await tab.run("innerWidth") == chromium.PHONE[0]
        assert await tab.run(HEADLINES) >= 4, pictured


@pytest.mark.parametrize("size", [chromium.DESKTOP, chromium.PHONE, (320, 640)])
async def test_no_page_is_wider_than_its_window(
    tab: chromium.Tab, server: Server, size: tuple[int, int]
):
    for path in (*PAGES, "empty/", "_live"):
        await tab.open(server.url + path, size)
        width = await tab.run("document.documentElement.scrollWidth")
        assert width <= size[0], path


@pytest.mark.parametrize("dark", [False, True])
async def test_all_words_have_the_contrast_that_reading_needs(
    tab: chromium.Tab, server: Server, dark: bool
):
    for path in (*PAGES, "empty/", "_live"):
        await tab.open(server.url + path, dark=dark)
        assert await tab.run(FAINT) == [], path


@pytest.mark.parametrize("size", [chromium.DESKTOP, chromium.PHONE])
async def test_whatever_can_be_pressed_is_large_enough_for_a_finger(
    tab: chromium.Tab, server: Server, size: tuple[int, int]
):
    for path in (*PAGES, "empty/"):
        await tab.open(server.url + path, size)
        assert await tab.run(SMALL) == [], path


async def test_pages_load_only_from_their_own_site_and_nothing_complains(
    tab: chromium.Tab, server: Server
):
    for path in (*PAGES[:-1], "empty/", "_live"):
        await tab.open(server.url + path)
        await asyncio.sleep(0.1)
        assert all(
            one.startswith(server.url) for one in tab.requests if "data:" not in one
        )
        assert tab.complaints == [], path


async def test_nothing_moves_while_a_page_loads(tab: chromium.Tab, server: Server):
    for path in ("", "news/2026-02-19-story-0/", "topics/robotics/", "outlets/"):
        for size in (chromium.DESKTOP, chromium.PHONE):
            await tab.open(server.url + path, size)
            assert await tab.run(SHIFT) < 0.01, path


async def test_the_reader_s_choice_of_light_or_dark_is_kept(
    tab: chromium.Tab, server: Server
):
    ground = "getComputedStyle(document.body).backgroundColor"
    await tab.open(server.url)
    light = await tab.run(ground)
    await tab.run("document.getElementById('theme').click()")
    dark = await tab.run(ground)
    assert dark != light
    await tab.open(f"{server.url}about/")
    assert await tab.run(ground) == dark


async def test_without_javascript_pages_are_whole_and_offer_no_dead_button(
    tab: chromium.Tab, server: Server
):
    await tab.open(server.url, script=False)
    await tab.call("Emulation.setScriptExecutionDisabled", value=False)
    times = await tab.run("document.querySelector('.lead .meta time').textContent")
    assert times == "05:48"
    for dead in ("theme", "reading"):
        visible = (
            f"document.getElementById('{dead}')"
            ".checkVisibility({visibilityProperty: true})"
        )
        assert await tab.run(visible) is False, dead
    unfolded = "document.querySelector('details').open = true;"
    shown = "document.querySelector('details li a').checkVisibility()"
    assert await tab.run(unfolded + shown) is True


async def test_times_of_a_fresh_edition_read_as_ages(tab: chromium.Tab, server: Server):
    await tab.open(server.url)
    shown = await tab.run("document.querySelector('.lead .meta time').textContent")
    assert shown == "24 min"


async def test_the_live_view_changes_without_a_reload(
    tab: chromium.Tab, tmp_path: Path
):
    live = Live()
    with serve(app(tmp_path, live), "127.0.0.1", 0) as running:
        await tab.open(f"{running.url}_live")
        live.story("Something happened", "news/x/")
        for _ in range(40):
            if "Something happened" in await tab.run("document.body.textContent"):
                break
            await asyncio.sleep(0.1)
        else:
            pytest.fail("the story did not arrive within 4 s")
