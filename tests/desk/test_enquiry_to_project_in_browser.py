"""From a question in Korean to a landed project, through the real pages: form, notice, clock, reply, answer, won.

With PICTURES=folder the test keeps a picture of each step in officers/ there: `make pictures` does so for
docs/officers.md.
"""

import asyncio
import os
import re
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connections
from django.utils import timezone
from playwright.sync_api import expect
from procrastinate.contrib.django import app

from enquiries.models import Enquiry, EnquiryMail, InvestmentProject
from enquiries.suspicion import LEAST_SECONDS
from tests import factories

ASKED = "머지 조력발전 사업의 실증 부지와 항만 접근성에 관한 자료를 받고 싶습니다."
ANSWERED = "자료를 잘 받았습니다. 내년 봄에 실증 부지를 방문하고자 합니다."
WRITTEN = "실증 부지는 위럴 쪽 강안에 있으며, 항만까지의 거리는 4킬로미터입니다."


@pytest.fixture
def work(monkeypatch):
    """work() lets the queue do everything that is due, in a thread of its own: playwright holds this one's loop."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)

    async def until_nothing_is_due():
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        await sync_to_async(connections.close_all)()

    def work():
        thread = threading.Thread(target=lambda: asyncio.run(until_nothing_is_due()))
        thread.start()
        thread.join()

    return work


@pytest.fixture
def officer(restored_content, live_site):
    user = factories.staff("grace")
    user.first_name, user.last_name = "Grace", "Hollins"
    user.save()
    user.groups.add(Group.objects.get(name="officer"))
    return user


@pytest.fixture
def desk(officer, open_page, sign_in):
    return open_page("/admin/", session=sign_in(officer), width=1360, height=860)


def press(page, words, within=None, exact=True):
    with page.expect_navigation():
        (within or page).get_by_role("button", name=words, exact=exact).first.click()


def follow(page, words, exact=True):
    with page.expect_navigation():
        page.get_by_role("link", name=words, exact=exact).first.click()


def unfold(page, words):
    page.locator("summary", has_text=words).first.click()


def picture(page, name, height=860):
    if folder := os.environ.get("PICTURES"):
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_load_state("networkidle")
        shown = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
        page.screenshot(path=Path(folder) / "officers" / f"{name}.jpg", type="jpeg", quality=80, clip=shown)


def ask(open_page):
    """The investor, on a telephone in Korea."""
    page = open_page("/ko/enquire/?o=mersey-tidal-power", width=375, height=800, language="ko-KR")
    answers = {"family_name": "오", "given_name": "민재", "organisation": "소래터빈", "plans": ASKED}
    for name, value in (
        answers | {"email": "minjae.oh@sorae.example", "telephone": "+82 51 123 4567"}
    ).items():
        page.fill(f"#id_{name}", value)
    page.select_option("#id_country", "KR")
    page.check("input[name=sectors] >> nth=8")
    page.wait_for_timeout(1000 * LEAST_SECONDS + 200)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    return Enquiry.objects.get()


def in_a_minute(work):
    """The minute in which a reply can be taken back has passed."""
    EnquiryMail.objects.filter(sent_at=None).update(not_before=None)
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
    work()


def their_answer(reply):
    """What the investor's mail program makes of an answer to our reply."""
    answer = EmailMessage()
    answer["From"] = "오민재 <minjae.oh@sorae.example>"
    answer["To"], answer["Subject"] = settings.DEFAULT_FROM_EMAIL, f"Re: {reply.subject}"
    answer["Message-ID"], answer["In-Reply-To"] = (
        "<answer-1@sorae.example>",
        reply.extra_headers["Message-ID"],
    )
    answer.set_content(ANSWERED)
    return {"name": "answer.eml", "mimeType": "message/rfc822", "buffer": answer.as_bytes()}


def test_a_question_in_korean_becomes_a_landed_project(open_page, desk, officer, work, live_site):
    enquiry = ask(open_page)
    record = f"{live_site}/admin/enquiries/enquiry/{enquiry.pk}/change/"

    # The notice and the acknowledgement go out, and stop no clock.
    work()
    to_investor, to_officers = sorted(mail.outbox, key=lambda sent: sent.to != [enquiry.email])
    assert enquiry.reference in to_investor.subject
    assert to_officers.to == [settings.OFFICERS_EMAIL]
    enquiry.refresh_from_db()
    assert enquiry.state == Enquiry.State.UNANSWERED

    # The clock stands on the first screen, and the officer takes it.
    desk.reload()
    card = desk.get_by_role("region", name="Nobody has these")
    expect(card).to_contain_text("First reply due in")
    picture(desk, "first-screen")
    press(desk, f"Take {enquiry.reference}")
    desk.goto(record)
    expect(desk.get_by_role("region", name="How it stands")).to_contain_text("Grace Hollins")

    # A reply in Korean: no gap goes out.
    follow(desk, "Reply")
    desk.select_option("#template", "first-answer:ko")
    press(desk, "Put in")
    press(desk, "Send in a minute")
    expect(desk.get_by_role("alert")).to_contain_text("{{write")
    picture(desk, "reply")
    body = re.sub(r"\{\{write:.*?\}\}", WRITTEN, desk.input_value("#body"))
    desk.fill("#body", body)
    press(desk, "Send in a minute")
    enquiry.refresh_from_db()
    assert enquiry.state == Enquiry.State.UNANSWERED
    in_a_minute(work)
    reply = mail.outbox[-1]
    assert reply.to == [enquiry.email]
    assert enquiry.reference in reply.subject
    assert "오민재" in reply.body
    assert WRITTEN in reply.body
    desk.goto(record)
    expect(desk.get_by_role("region", name="How it stands")).to_contain_text("Waiting on investor")

    # Their answer ends the wait.
    desk.goto(f"{live_site}/admin/enquiries/enquiry/upload/")
    desk.set_input_files("input[type=file]", their_answer(reply))
    press(desk, "Take it in")
    desk.goto(record)
    expect(desk.get_by_role("region", name="How it stands")).to_contain_text("In dialogue")
    expect(desk.get_by_role("region", name="What has happened")).to_contain_text("내년 봄에")
    picture(desk, "record")

    # Qualified and converted, with the organisation and the person added on the way.
    unfold(desk, "Qualify…")
    desk.select_option("#qualify select[name$=readiness]", "shortlist")
    desk.select_option("#qualify select[name$=quality]", "high")
    press(desk, "Qualify")
    follow(desk, "Convert or link…")
    desk.fill("#id_name", "Tidal turbine demonstration")
    desk.fill("#id_organisation_name_en", "Sorae Turbines")
    desk.fill("#id_latin_family", "Oh")
    desk.fill("#id_latin_given", "Min-jae")
    press(desk, "Convert")
    project = InvestmentProject.objects.get()
    enquiry.refresh_from_db()
    assert enquiry.state == Enquiry.State.CLOSED_ANSWERED

    # What each stage asks for is filled in, and the project lands.
    carry(desk, project, live_site)
    project.refresh_from_db()
    assert (project.stage, project.status) == ("won", "won")
    desk.goto(f"{live_site}/admin/enquiries/investmentproject/board/")
    expect(desk.locator("article", has_text="Tidal turbine demonstration")).to_contain_text("Won")
    picture(desk, "board", height=500)


def carry(desk, project, live_site):
    """From Prospect to Won: the record says what each stage asks for, the officer fills it in, and it moves on."""
    desk.goto(f"{live_site}/admin/enquiries/investmentproject/{project.pk}/change/")
    expect(desk.get_by_role("region", name="Stage and status now")).to_contain_text("still missing")
    chosen = {
        "fdi_type": "new-site",
        "referral_source_activity": "direct-enquiry",
        "client_considering_other_countries": "false",
        "likelihood_to_land": "high",
        "government_assistance": "false",
        "r_and_d_budget": "true",
        "non_fdi_r_and_d_budget": "false",
        "new_tech_to_uk": "true",
        "export_revenue": "true",
        "investor_type": "new",
        "level_of_involvement": "region",
    }
    written = {
        "estimated_land_date": "2027-06-30",
        "actual_land_date": f"{timezone.localdate():%Y-%m-%d}",
        "total_investment": "12500000",
        "foreign_equity_investment": "12000000",
        "client_requirements": "A berth and a workshop.",
        "number_new_jobs": "85",
        "number_safeguarded_jobs": "0",
        "average_salary": "38000",
        "address_1": "1 Example Quay",
        "address_town": "Birkenhead",
        "address_postcode": "CH41 1AA",
    }
    for name, value in chosen.items():
        desk.select_option(f"#id_{name}", value)
    for name in ("referral_source_adviser", "project_manager", "project_assurance_adviser"):
        desk.select_option(f"#id_{name}", label="Grace Hollins")
    for name, value in written.items():
        desk.fill(f"#id_{name}", value)
    for name, value in {"business_activities": "manufacturing", "strategic_drivers": "technology"}.items():
        desk.check(f"input[name={name}][value={value}]")
    desk.fill("#id_specific_programme", "Freeport")
    look_up(desk, "delivery_partners", "Liverpool")
    desk.click("#organisation_rows-group .add-row a")
    look_up(desk, "organisation_rows-1-organisation", "Sorae")
    desk.select_option("#id_organisation_rows-1-role", "uk-company")
    press(desk, "Save and continue editing")
    for words in ("On to Active", "On to Verify win"):
        press(desk, words, exact=False)
    unfold(desk, "Won")
    picture(desk, "project")
    press(desk, "Won", within=desk.get_by_role("region", name="Stage and status now"))


def look_up(desk, field, words):
    """Choose the first row that a search for the words finds."""
    desk.locator(f"#id_{field} + .select2 .select2-selection").click()
    desk.locator(".select2-search__field:visible").last.fill(words)
    desk.locator(".select2-results__option", has_text=words).first.click()
