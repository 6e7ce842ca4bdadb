"""The enquiry form filled in and sent, as a browser would."""

import html5lib

ANSWERS = {
    "given_name": "Jiwoo",
    "family_name": "Kim",
    "organisation": "Busan Instruments",
    "country": "KR",
    "email": "jiwoo.kim@example.org",
    "reply_language": "ko",
    "plans": "We would like to visit the tidal project.",
}


def hidden_fields(page):
    """Name and value of what the form carries unseen."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    fields = document.findall(".//main//form//input[@type='hidden']")
    return {field.get("name"): field.get("value", "") for field in fields}


def send_enquiry(client, language, **answers):
    """The address of the thank-you page."""
    address = f"/{language}/enquire/"
    fields = hidden_fields(client.get(address).content.decode())
    response = client.post(address, fields | ANSWERS | answers)
    assert response.status_code == 303, response.content.decode()
    return response.headers["Location"]
