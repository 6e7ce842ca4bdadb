import os, pytest
from opportunities.models import Opportunity
from publishing.publication import note_provenance
from tests.admin_form import address
pytestmark = pytest.mark.django_db(transaction=True)
OUT="/tmp/record/"
def test_look(open_page, sign_in, axe, restored_content):
    record = Opportunity.objects.exclude(body_en="").exclude(body_en=None).order_by("slug").first()
    for name in ("title","summary","body"):
        note_provenance(record, name, "ko", getattr(record, name+"_en"))
    body = record.body_en
    words = body.split(" ")
    words[5:8] = ["a", "newly", "written", "phrase"]; words[len(words)//2] = "middle"; words[-6:-3] = ["and", "its", "end"]
    Opportunity.objects.filter(pk=record.pk).update(body_en=" ".join(words), summary_en="Brand new. " + record.summary_en, summary_ko=record.summary_ko)
    session = sign_in()
    for width in (375, 768, 1440):
        for dark in (False, True):
            if dark and width == 768: continue
            page = open_page(address(record), session=session, width=width, dark=dark)
            page.wait_for_timeout(800)
            page.screenshot(path=f"{OUT}form_{width}{'d' if dark else ''}.png", full_page=True)
            if width != 768: print("AXE form", width, dark, axe(page))
            print("SCROLL", page.evaluate("document.documentElement.scrollWidth"), width)
            page.context.close()
    for width, dark in ((375, False), (1440, False), (1440, True)):
        page = open_page(address(record), session=session, width=width, dark=dark)
        Opportunity.objects.filter(pk=record.pk).update(title_en="Theirs "+str(width)+str(dark), body_en=" ".join(words[:-9])+" changed again by a colleague.</p>", featured=width+dark, summary_ko="동료가 고친 요약입니다."+str(width))
        page.fill("#id_title_en", "My own new title")
        page.evaluate("""() => {const t=document.querySelector('#id_body_en'); }""")
        page.wait_for_timeout(600)
        with page.expect_navigation():
            page.click(".submit-row [name=_continue]")
        page.wait_for_timeout(600)
        page.screenshot(path=f"{OUT}conflict_{width}{'d' if dark else ''}.png", full_page=True)
        print("AXE conflict", axe(page))
        print("SCROLL", page.evaluate("document.documentElement.scrollWidth"), width)
        page.context.close()
