"""Every public address fetched once, with what it answered and the queries it ran."""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import html5lib
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.site.addresses import Address, public_addresses
from tests.site.scenery import set_scene


@dataclass
class Answer:
    address: Address
    status: int
    headers: object
    cookies: list
    body: bytes
    queries: list

    def __str__(self):
        return str(self.address)

    @property
    def kind(self):
        return self.headers.get("Content-Type", "").split(";")[0]

    @property
    def is_page(self):
        return self.kind == "text/html" and bool(self.body)

    @property
    def text(self):
        return self.body.decode()

    @cached_property
    def document(self):
        return html5lib.parse(self.text, namespaceHTMLElements=False)


def new_client():
    return Client(raise_request_exception=False)


def crawl(before=lambda: None):
    """The answers of all public addresses. What is changed for it, `before` included, is rolled back."""
    client = new_client()
    with transaction.atomic():
        scenery = set_scene(client)
        before()
        ContentType.objects.get_for_models(*apps.get_models())  # a server in use has them in memory
        client.get("/en/")
        answers = [fetch(client, address) for address in public_addresses(scenery)]
        transaction.set_rollback(True)
    return answers


def fetch(client, address, keep_cookies=False):
    with missing(address.breaks), CaptureQueriesContext(connection) as captured:
        response = getattr(client, address.method)(address.path, headers=address.headers)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    queries = [query["sql"] for query in captured.captured_queries]
    cookies = list(response.cookies)
    if not keep_cookies:
        client.cookies.clear()
    return Answer(address, response.status_code, response.headers, cookies, body, queries)


@contextmanager
def missing(table):
    """A real fault of the database while one page is asked for."""
    if not table:
        yield
        return
    with transaction.atomic():
        name = connection.ops.quote_name(table)
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {name} RENAME TO out_of_reach")
        yield
        transaction.set_rollback(True)
