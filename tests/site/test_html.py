"""Every page is HTML as the standard has it, and everything in it that points at something finds it."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import html5lib
import icalendar
import pytest

from tests.factories import superuser
from tests.site.addresses import Address
from tests.site.crawl import fetch
from tests.site.test_policy import desk_pages

pytestmark = pytest.mark.django_db

UNSEEN = {"hidden", "submit"}
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list", "headers")
XML = {"image/svg+xml", "application/xml", "application/rss+xml", "application/atom+xml"}


def parse_errors(text):
    parser = html5lib.HTMLParser()
    parser.parse(text)
    for (line, _column), code, details in parser.errors:
        yield f"line {line}: {html5lib.constants.E[code] % details}"


def elements(page, tag="*"):
    return page.document.iter(None if tag == "*" else tag)


def local(element):
    return element.tag.rsplit("}")[-1] if isinstance(element.tag, str) else ""


def heading_levels(page):
    return [int(local(element)[1]) for element in elements(page) if re.fullmatch("h[1-6]", local(element))]


def test_every_page_parses_without_an_error(pages, no_faults):
    assert len(pages) > 150
    no_faults(f"{page}: {fault}" for page in pages for fault in parse_errors(page.text))


def test_every_id_stands_once(pages, no_faults):
    for_page = ((page, Counter(one.get("id") for one in elements(page) if one.get("id"))) for page in pages)
    no_faults(f"{page}: {name}" for page, ids in for_page for name, times in ids.items() if times > 1)


def dangling(page):
    ids = {element.get("id") for element in elements(page)} | {"top"}
    for element in elements(page):
        for name in POINTING:
            missing = set((element.get(name) or "").split()) - ids
            yield from (f"{local(element)} {name}={one}" for one in missing)
        href = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        if href.startswith("#") and href[1:] not in ids:
            yield f"{local(element)} href={href}"


def test_whatever_points_into_its_page_finds_its_target(pages, no_faults):
    no_faults(f"{page}: {fault}" for page in pages for fault in dangling(page))


def test_every_page_has_one_first_heading_and_skips_no_level(pages, no_faults):
    faults = []
    for page in pages:
        levels = heading_levels(page)
        if levels.count(1) != 1 or levels[0] != 1:
            faults.append(f"{page}: headings {levels}")
        faults += [
            f"{page}: h{before} and then h{after}" for before, after in pairwise(levels) if after > before + 1
        ]
    no_faults(faults)


def test_every_page_says_its_language_title_and_description(pages, no_faults):
    def faults(page):
        root = page.document
        if root.get("lang") != page.address.language:
            yield f"lang={root.get('lang')}"
        if not (root.findtext("head/title") or "").split(" — ")[0].strip():
            yield "no title"
        metas = {meta.get("name"): meta.get("content", "").strip() for meta in root.iter("meta")}
        if metas.get("robots") != "noindex" and not metas.get("description"):
            yield "no description"

    no_faults(f"{page}: {fault}" for page in pages for fault in faults(page))


def test_the_desk_parses_without_an_error_and_has_no_inline_style_or_script(client, no_faults):
    client.force_login(superuser("inspector"))
    client.raise_request_exception = False
    faults = []
    for path in desk_pages():
        address = Address(path, "desk")
        page = fetch(client, address, keep_cookies=True)
        faults += [f"{path}: {page.status}"] if page.status != 200 else []
        faults += [f"{path}: {fault}" for fault in (*parse_errors(page.text), *inline(page))]
    no_faults(faults)


def test_no_two_pages_of_a_language_have_one_title(pages, no_faults):
    found = {}
    for page in pages:
        is_preview = page.address.name == "prospectus:preview_link"  # of a page that has its title already
        if page.status == 200 and "?" not in page.address.path and not is_preview:
            title = page.address.language, page.document.findtext("head/title")
            found.setdefault(title, []).append(page.address.path)
    no_faults(f"{title}: {paths}" for title, paths in found.items() if len(paths) > 1)


def without_words(page):
    hidden = {
        one for parent in elements(page) if parent.get("aria-hidden") == "true" for one in parent.iter()
    }
    for element in elements(page):
        if local(element) == "img" and element.get("alt") is None:
            yield f"img {element.get('src')} has no alt"
        named = element.get("aria-label") or element.get("aria-labelledby")
        if local(element) == "svg" and not named and element not in hidden:
            yield "svg without a name that is not hidden either"
        is_field = local(element) in {"input", "select", "textarea"} and element.get("type") not in UNSEEN
        if is_field and not named and not has_label(element, page):
            yield f"{local(element)} {element.get('name')} has no label"


def has_label(field, page):
    labels = elements(page, "label")
    return any(field in label.iter() or field.get("id") == label.get("for", "none") for label in labels)


def test_every_picture_and_every_field_has_words(pages, no_faults):
    no_faults(f"{page}: {fault}" for page in pages for fault in without_words(page))


def inline(page):
    for element in elements(page):
        for name, value in element.items():
            if name == "style" or name.startswith("on"):
                yield f"{local(element)} {name}={value}"
            if name in {"href", "src", "action"} and value.strip().lower().startswith("javascript:"):
                yield f"{local(element)} {name}={value}"
        if local(element) == "style" or (local(element) == "script" and not element.get("src")):
            yield f"an inline {local(element)}"


def test_no_page_has_an_inline_style_or_script(pages, no_faults):
    no_faults(f"{page}: {fault}" for page in pages for fault in inline(page))


def test_every_link_inside_the_site_leads_to_an_answer(answers, pages, client, no_faults):
    known = {answer.address.path for answer in answers if answer.status < 400}
    wanted = {}
    for page in pages:
        for link in elements(page, "a"):
            path = (link.get("href") or "").split("#")[0]
            if path.startswith("/") and "?" not in path and page.status == 200:
                wanted.setdefault(path, page)
    withdrawn = {answer.address.path for answer in answers if answer.status == 410}
    no_faults(f"{page} links to {path}" for path, page in wanted.items() if path not in known | withdrawn)


def test_drawings_feeds_and_the_sitemap_are_well_formed(answers, no_faults):
    def fault(answer):
        try:
            ElementTree.fromstring(answer.body)
        except ElementTree.ParseError as error:
            return str(error)
        return ""

    files = [answer for answer in answers if answer.kind in XML]
    assert {answer.kind for answer in files} >= {"image/svg+xml", "application/xml"}
    no_faults(f"{answer}: {found}" for answer in files if (found := fault(answer)))


def test_calendar_files_can_be_read(answers):
    files = [answer for answer in answers if answer.kind == "text/calendar"]
    assert files
    for answer in files:
        (event,) = icalendar.Calendar.from_ical(answer.body).walk("VEVENT")
        assert event.decoded("dtstart").tzinfo
