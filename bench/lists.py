"""How long an officer waits for the pages of the list of enquiries, in this database: medians in milliseconds."""

import json
import statistics
import sys
import time

from bench.ready import set_up

LIST = "/admin/enquiries/enquiry/"
WARM, REPEATS = 3, 15
RARE = {"search, English": "lyophilisation", "search, Korean": "동결건조"}  # each in under 1% of the rows


def main(repeats):
    set_up()
    from django.conf import settings
    from django.test import Client, override_settings

    from accounts.models import User
    from enquiries.models import Enquiry

    officer = User.objects.get(username="sample-officer-1")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer)
    pages = addresses(Enquiry)
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=settings.STORAGES | static):  # nothing has been collected here
        found = {name: median(client, address, repeats) for name, address in pages.items()}
    for name, word in RARE.items():
        share = Enquiry.objects.filter(words__contains=word).count() / Enquiry.objects.count()
        if not 0 < share < 0.01:
            sys.exit(
                f"{name}: {word} stands in {share:.2%} of the rows, which is not what is to be measured."
            )
    print(json.dumps(found))


def addresses(enquiries):
    return {
        "the officer's list": LIST,
        "the list with one filter": f"{LIST}?state=waiting",
        **{name: f"{LIST}?q={word}" for name, word in RARE.items()},
        "the next page, deep in the list": f"{LIST}?after={deep_place(enquiries)}",
        "the first screen": "/admin/",
    }


def deep_place(enquiries):
    """The key of a row nine tenths down the list in its usual order."""
    from urllib.parse import quote

    from django.contrib import admin

    from publishing.desk.lists.paging import Order

    order = Order.of(enquiries, admin.site.get_model_admin(enquiries).list_orders[0])
    row = enquiries.objects.order_by(*order.names)[enquiries.objects.count() * 9 // 10]
    return quote(order.key_of(row))


def median(client, address, repeats):
    """Of the whole answer, as the web server's process makes it."""
    taken = []
    for _ in range(WARM + repeats):
        started = time.perf_counter()
        response = client.get(address)
        taken.append(time.perf_counter() - started)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}.")
    return round(statistics.median(taken[WARM:]) * 1000, 2)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS)
