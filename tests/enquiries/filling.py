"""The public form as people fill it in."""

import re
import time
import uuid
from unittest import mock

from enquiries import suspicion

ANSWERS = {
    "given_name": "Mette",
    "family_name": "Holm",
    "organisation": "Kjellerup Offshore",
    "country": "DK",
    "email": "mette.holm@kjellerup.example",
    "reply_language": "en",
    "plans": "Is there grid capacity at the port for 40 MW?",
}
KOREAN = ANSWERS | {
    "given_name": "민재",
    "family_name": "오",
    "organisation": "소래터빈",
    "country": "KR",
    "email": "minjae.oh@sorae.example",
    "telephone": "051-123-4567",
    "reply_language": "ko",
    "plans": "머지 조력발전 사업의 기술 협력 절차를 알고 싶습니다.",
}
FORM = "application/x-www-form-urlencoded"


def opened(seconds_ago=60):
    """The signed time of a form that was opened so long ago."""
    with mock.patch("django.core.signing.time.time", return_value=time.time() - seconds_ago):
        return suspicion.start_of_form()


def hidden_fields(seconds_ago=60):
    return {"submission_key": str(uuid.uuid4()), "started": opened(seconds_ago), "page": ""}


def send(client, language="en", answers=ANSWERS, query="", headers=None, **changed):
    """Send the form as a browser does; the response."""
    data = hidden_fields() | answers | changed
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(f"/{language}/enquire/{query}", data, headers=headers)


def value_of(name, page):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]
