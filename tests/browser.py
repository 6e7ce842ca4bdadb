"""The site as a browser sees it. Each page that a test opens must keep to the policy and to this machine:
a violation of the Content-Security-Policy, a script error or a request to anywhere else fails the test."""

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

CANDIDATES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
# Nothing but this machine has an address. To stop requests by playwright's routes would switch the browser's cache off.
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
LONGEST_FIRST = (
    "test_kills_under_load.py test_third_language.py test_what_readers_see.py test_faults.py test_wall.py "
    "test_html.py test_accessibility.py test_whole_cycle_in_browser.py test_enquiry_to_project_in_browser.py "
    "test_admin_publication_browser.py test_preview_in_browser.py test_translation_desk_in_browser.py "
    "test_form_in_browser.py test_two_editors_in_browser.py test_small_screens.py test_policy.py "
    "test_exchange_in_browser.py"
).split()
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LISTEN = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


def pytest_collection_modifyitems(items):
    """Files with browser tests come last in each process: playwright leaves an event loop in its thread. The longest
    come first on either side, so that no process works on one of them while the other has nothing left to do."""
    of_browser = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    place = {name: index for index, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: (item.path in of_browser, place.get(item.path.name, len(place))))


@pytest.fixture(scope="session")
def browser():
    named = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, filter(None, (named, *CANDIDATES)))), None)
    if not found:
        pytest.fail(
            "No Chromium found. Install it (apt-get install chromium) or name it: CHROMIUM=/path/to/chromium"
        )
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs an event loop in the thread of the tests
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class CountedRequests(StaticFilesHandler):
    """Knows how many requests are being answered: a closed page leaves some, which still ask the database."""

    under_way = set()

    def __call__(self, environ, start_response):
        request = object()
        self.under_way.add(request)
        try:
            return super().__call__(environ, start_response)
        finally:
            self.under_way.discard(request)

    def serve(self, request):
        """A file, for a browser to keep: as the real site does, whose files change their names with their content."""
        response = super().serve(request)
        response.headers["Cache-Control"] = "max-age=3600"
        return response

    @classmethod
    def wait_until_answered(cls, limit=10):
        """Until nothing has been under way for a moment: what was sent last may not have been begun."""
        deadline = time.monotonic() + limit
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < 0.1 and time.monotonic() < deadline:
            if cls.under_way:
                quiet_since = time.monotonic()
            time.sleep(0.02)


@pytest.fixture(scope="session")
def live_server_thread(django_db_setup):
    """A web server over the committed content, for the whole session."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "127.0.0.1"]
    thread = LiveServerThread("127.0.0.1", CountedRequests)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield thread
    thread.terminate()


@pytest.fixture
def live_site(live_server_thread, django_db_blocker):
    """The address of the running site. What a test changes there is committed: ask for `restored_content` as well."""
    with django_db_blocker.unblock():
        yield f"http://127.0.0.1:{live_server_thread.port}"
        CountedRequests.wait_until_answered()


class Recorder:
    """What pages did that they must not do."""

    def __init__(self, address):
        self.host = urlsplit(address).netloc
        self.faults = []
        self.paused = False

    def watch(self, context):
        context.add_init_script(LISTEN)
        context.on("request", self.see_request)
        context.on("console", self.see_console)
        context.on("weberror", lambda error: self.record(f"script error: {error.error}\n{error.error.stack}"))

    def is_ours(self, address):
        parts = urlsplit(address)
        return parts.scheme in {"data", "blob", "about"} or parts.netloc == self.host

    def see_request(self, request):
        if not self.is_ours(request.url):
            self.record(f"request leaves the machine: {request.url}")

    def see_console(self, message):
        asked_for = message.location["url"]  # the page itself, or what a browser looks for unasked
        expected = message.text.startswith("Failed to load resource") and (
            asked_for == message.page.url or urlsplit(asked_for).path == "/favicon.ico"
        )
        if message.type == "error" and not expected:
            self.record(f"{message.page.url}: {message.text}")

    def record(self, fault):
        if not self.paused:
            self.faults.append(fault)

    @contextmanager
    def pause(self):
        """For what the test itself brings into the page."""
        self.paused = True
        yield
        self.paused = False


@pytest.fixture
def recorder(live_site):
    recorder = Recorder(live_site)
    yield recorder
    assert not recorder.faults, "\n".join(recorder.faults)


@pytest.fixture
def open_page(browser, live_site, recorder):
    """open_page("/ko/", width=375, javascript=False, dark=True, session=sign_in()) gives the loaded page."""
    contexts = []

    def open_page(
        path, width=1280, height=900, language="en-GB", javascript=True, dark=False, session=None, **more
    ):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            **more,
        )
        contexts.append(context)
        recorder.watch(context)
        if session:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_site}])
        page = context.new_page()
        page.goto(live_site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(live_site, restored_content):
    """sign_in() gives the session of a superuser, sign_in(user) of anyone stored."""

    def sign_in(user=None):
        users = get_user_model().objects
        user = user or users.create_superuser(username="browser", password="a password of the tests")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        return session.session_key

    return sign_in


@pytest.fixture
def axe(recorder):
    """axe(page) gives what axe-core finds against WCAG 2.2 A and AA: readable lines, none when all is well."""

    def axe(page, exclude=()):
        with recorder.pause():
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE + "\n;0")
            context = {"include": [["html"]], "exclude": [[part] for part in exclude]}
            options = {"runOnly": {"type": "tag", "values": AXE_RULES}, "resultTypes": ["violations"]}
            result = page.evaluate("([context, options]) => axe.run(context, options)", [context, options])
        return [
            f"{violation['id']} ({violation['help']}): {node['html'][:200]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return axe
