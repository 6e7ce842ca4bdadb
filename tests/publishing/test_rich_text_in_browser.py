"""The editor of rich texts under the policy of the site: the browser's recorder fails a test that violates it."""

import pytest
from django.urls import reverse

from opportunities.models import Opportunity
from publishing.fields import RichTextField
from publishing.models.publishable import column, publishable_models, translated_fields
from publishing.text.normal_form import normal_html
from publishing.translations.state import states_of
from tests import factories
from tests.admin_form import address

ENGLISH, KOREAN = ".field-body_en .lang-en", ".field-body_en .lang-ko"
PASTE = """([area, html]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "plain");
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>'
    '<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm} @list l0:level1 '
    "{mso-level-number-format:bullet; mso-level-text:·;} --></style></head><body lang=EN-GB>"
    '<h1 style="color:#2F5496">Tides<o:p></o:p></h1>'
    '<p class=MsoNormal style="margin:0cm"><b style="mso-bidi-font-weight:normal"><span lang=EN-GB '
    'style="font-family:Arial;color:red">Strong</span></b> words<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>'
    '<p class=MsoListParagraph style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span '
    'style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7pt">&nbsp; </span></span></span>'
    "<![endif]>First<o:p></o:p></p>"
    '<p class=MsoListParagraph style="mso-list:l0 level3 lfo1"><span style="mso-list: Ignore">1.</span>Below</p>'
    '<p class=MsoListParagraph style="mso-list:l0 level3 lfo1"><span style="mso-list: Ignore">2.</span>Beside</p>'
    '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list: Ignore">·</span>Second</p>'
    '<table class=MsoTableGrid border=1 style="border-collapse:collapse"><tr><td width=300 style="width:225pt">'
    "<p class=MsoNormal>Cell<o:p></o:p></p></td></tr></table></body></html>"
)


@pytest.fixture
def record(restored_content):
    record = factories.opportunity(body_en="<p>Words.</p>", body_ko="<p>글입니다.</p>")
    factories.theme_of(record)
    factories.figure(source=factories.source(), opportunity=record)
    return record


@pytest.fixture
def form(open_page, sign_in, record):
    """form(width=375) opens the record and waits for its editors."""
    session = sign_in(factories.superuser())

    def form(of=record, **more):
        page = open_page(address(of), session=session, **more)
        page.locator(".rich-text .ck-content").last.wait_for()
        return page

    return form


def stored(record):
    record.refresh_from_db()
    return record.body_en


def press_save(page):
    with page.expect_navigation():
        page.locator("[name=_continue]").click()
    assert page.locator(".errornote").count() == 0


def at_the_end(page, where=ENGLISH):
    area = page.locator(f"{where} .ck-content")
    area.click()
    page.keyboard.press("Control+End")
    return area


def test_opening_and_saving_changes_nothing(form, record):
    text = "<p>A <em><b>mixed</b></em> text</p><ul><li>One<ul><li>Two</li></ul></li></ul>"
    text += "<p>{{figure:barrage-length}}</p>"
    Opportunity.objects.filter(pk=record.pk).update(body_en=text)
    before, states = stored(record), states_of([record])[record.pk]
    page = form()
    at_the_end(page)
    assert page.locator("#id_body_en").input_value() == before
    press_save(page)
    assert stored(record) == before and states_of([record])[record.pk] == states
    page.goto(page.url.replace("/change/", "/history/"))
    assert "No fields changed" in page.content()


def test_words_headings_tables_and_korean_are_typed_and_stored_in_normal_form(form, record):
    page = form()
    area = at_the_end(page)
    page.keyboard.press("Enter")
    page.keyboard.type("Tide & 조력 <발전>")
    page.locator(f"{ENGLISH} .ck-heading-dropdown > button").click()
    assert page.locator(f"{ENGLISH} .ck-heading-dropdown .ck-list__item").all_inner_texts()[1:] == [
        "Heading",
        "Heading within it",
        "Smallest heading",
    ]
    page.get_by_role("menuitemradio", name="Heading", exact=True).first.click()
    page.keyboard.press("Enter")
    page.locator(f"{ENGLISH} .ck-toolbar").get_by_role("button", name="Insert table").first.click()
    page.locator(".ck-insert-table-dropdown-grid-box").nth(11).click()
    page.keyboard.type("조수")
    page.keyboard.press("Tab")
    page.keyboard.type("km")
    assert area.locator("thead th").count() == 2
    at_the_end(page, KOREAN).press("Enter")
    page.keyboard.insert_text("조력 발전입니다.")
    press_save(page)
    text = stored(record)
    assert "<h2>Tide &amp; 조력 &lt;발전&gt;</h2>" in text
    assert '<thead>\n<tr>\n<th scope="col">조수</th>\n<th scope="col">km</th>\n</tr>\n</thead>' in text
    assert record.body_ko == "<p>글입니다.</p>\n<p>조력 발전입니다.</p>"


def test_a_paste_from_a_word_processor_is_cleaned(form, record):
    page = form()
    area = at_the_end(page)
    page.keyboard.press("Enter")
    page.evaluate(PASTE, [area.element_handle(), WORD])
    press_save(page)
    text = stored(record)
    assert text.startswith("<p>Words.</p>\n<h2>Tides</h2>\n<p><strong>Strong</strong> words</p>\n<ul>\n")
    assert "<li>First\n<ol>\n<li>Below</li>\n<li>Beside</li>\n</ol></li>\n<li>Second</li>\n</ul>" in text
    assert ">Cell</t" in text
    for rubbish in ("Mso", "style", "class", "o:p", "&nbsp;", "EN-GB", "<p></p>"):
        assert rubbish not in text


def test_a_figure_is_chosen_from_the_list_and_shown_as_readers_see_it(form, record):
    page = form()
    area = at_the_end(page, KOREAN)
    page.locator(f"{KOREAN} .figure-list > button").click()
    first = page.locator(f"{KOREAN} .figure-list .ck-list__group").first
    assert "This record" in first.inner_text() and "2km · 길이" in first.inner_text()
    first.locator("button").first.click()
    assert area.locator(".figure-token").inner_text() == "2km"
    page.keyboard.type("!")
    press_save(page)
    stored(record)
    assert record.body_ko == "<p>글입니다.{{figure:barrage-length}}!</p>"
    assert page.locator(f"{KOREAN} .figure-token").inner_text() == "2km"


def test_the_last_words_are_saved_by_the_keyboard_alone_at_once(form, record):
    page = form()
    at_the_end(page)
    page.keyboard.type(" Last.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert stored(record) == "<p>Words. Last.</p>"


def test_undo_and_a_switch_to_the_html(form, record):
    page = form()
    at_the_end(page)
    page.keyboard.type(" Wrong")
    page.keyboard.press("Control+z")
    switch = page.locator(f"{ENGLISH} .rich-text-switch")
    switch.click()
    source = page.locator("#id_body_en")
    assert "Wrong" not in source.input_value() and not page.locator(f"{ENGLISH} .rich-text").is_visible()
    source.fill("<h3>Ebb</h3><p>Low.</p>")
    switch.click()
    assert page.locator(f"{ENGLISH} .ck-content h3").inner_text() == "Ebb"
    switch.click()
    source.fill("<p>Typed as HTML.</p>")
    press_save(page)
    assert stored(record) == "<p>Typed as HTML.</p>"


def test_what_was_typed_stays_when_the_form_is_refused(form, record):
    page = form()
    at_the_end(page)
    page.keyboard.type(" {{figure:no-such}} here")
    with page.expect_navigation():
        page.locator("[name=_continue]").click()
    assert "“no-such”" in page.locator(f"{ENGLISH} .errorlist").inner_text()
    assert "here" in page.locator(f"{ENGLISH} .ck-content").inner_text()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True)])
def test_the_editor_is_labelled_and_keeps_to_the_accessibility_rules(form, axe, width, dark):
    page = form(width=width, dark=dark)
    area = page.locator(f"{KOREAN} .ck-content")
    assert area.get_attribute("aria-label").startswith("Body 한국어")
    assert area.get_attribute("lang") == "ko" and area.get_attribute("dir") == "ltr"
    assert (
        page.locator(f"{KOREAN} .ck-toolbar[role=toolbar]").first.get_attribute("aria-label")
        == "Toolbar: Body 한국어"
    )
    page.locator("label[for=id_body_en]").click()
    assert page.locator(f"{ENGLISH} .ck-content:focus").count() == 1
    assert axe(page) == []
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.closest('.ck-toolbar') !== null")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_stored_text_goes_through_the_editor_unchanged(form):
    texts = []
    for model in publishable_models():
        for name in translated_fields(model):
            if isinstance(model._meta.get_field(name), RichTextField):
                for code in ("en", "ko"):
                    texts += filter(None, model._default_manager.values_list(column(name, code), flat=True))
    texts += [
        normal_html(more)
        for more in (
            '<table><caption>C</caption><tr><th>A</th><th>B</th></tr><tr><th>1</th><td colspan="1"></td></tr></table>',
            "<blockquote><p>A</p><p>B</p></blockquote><p>CO<sub>2</sub> m<sup>2</sup> 40&nbsp;km a<br>b</p>",
            '<ol><li>A<ul><li>B</li></ul></li><li><p>C</p><p>D</p></li></ol><p><span lang="ko">조력</span> x</p>',
            '<p><a href="/en/"><b>Home</b></a> {{figure:barrage-length}}, <em>{{figure:gone}}</em> &lt;b&gt;</p>',
        )
    ]
    assert len(texts) > 80
    written = form().evaluate(
        """(texts) => {
            const editor = document.querySelector(".rich-text .ck-content").ckeditorInstance;
            return texts.map((text) => { editor.setData(text); return editor.getData(); });
        }""",
        texts,
    )
    assert [normal_html(text) for text in written] == texts


def test_without_javascript_the_textarea_is_the_field(open_page, sign_in, record):
    page = open_page(address(record), session=sign_in(factories.superuser()), javascript=False)
    page.locator("#id_body_en").fill("One\n\nTwo {{figure:barrage-length}}")
    assert page.locator(f"{ENGLISH} .rich-text-advice code").inner_text() == "{{figure:barrage-length}}"
    with page.expect_navigation():
        page.locator("[name=_continue]").click()
    assert stored(record) == "<p>One</p>\n<p>Two {{figure:barrage-length}}</p>"


def test_a_new_record_is_typed_too(open_page, sign_in):
    page = open_page(reverse("admin:prospectus_page_add"), session=sign_in(factories.superuser()))
    page.locator(f"{ENGLISH} .ck-content").click()
    page.keyboard.type("New")
    page.locator("#id_title_en").focus()
    page.wait_for_function("() => document.getElementById('id_body_en').value === '<p>New</p>'")
