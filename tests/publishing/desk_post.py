"""What a browser posts from a record's publication page."""

from publishing.translations.state import fingerprint_of
from tests.admin_form import address

SHOWN = {"publish", "submit", "approve", "discard"}  # verbs that say which text they were pressed at


def act(client, record, verb, **typed):
    """Presses the button of a verb on the page as it would be opened now."""
    data = {f"{verb}-{name}": value for name, value in typed.items()}
    if verb in SHOWN:
        record.refresh_from_db()
        data = {f"{verb}-opened_version": record.version, f"{verb}-shown": fingerprint_of(record)} | data
    return client.post(address(record, "publication"), {"verb": verb} | data)


def page(client, record, name="publication", **query):
    return client.get(address(record, name), query).content.decode()
