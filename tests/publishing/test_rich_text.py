"""Rich texts: one form whoever wrote them, and a field that works without JavaScript."""

import json
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from opportunities.models import Opportunity
from prospectus.models import NewsItem
from publishing.desk.rich_text import RichText
from publishing.fields import RichTextField
from publishing.models.publishable import column, publishable_models, translated_fields
from publishing.text.normal_form import normal_html, plain_text
from tests import factories
from tests.admin_form import address, save, shown

PIECES = (
    "<p>|</p>|<b>|</b>|<i>|</i>|<strong>|</strong>|<em>|<sub>|<sup>|<script>|</script>|<a href='javascript:x'>|"
    "<a href='/y'>|</a>|<br>|<td>|<th>|<tr>|<table>|</table>|<thead>|<tbody>|<caption>|<ul>|<ol>|<li>|</li>|</ul>|"
    "<h1>|<h3>|</h3>|<div>|</div>|<blockquote>|</blockquote>|<span lang=ko>|<span lang=EN-GB>|</span>|<figure>|"
    "<p class=MsoListParagraph>|<p style='mso-list:l0 level2 lfo1'>|<span style='mso-list:Ignore'>|1.|·|&nbsp;| |&amp;|"
    "&lt;|&#x200b;|&|<|\u200b|\u1112\u1161|\r\n|\n\n|{{figure:a}}|x|<pre>|<o:p>|<textarea>|<svg>|<!--|-->|\u3000"
).split("|")
MARKUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=25).map("".join)

WORD_LIST = (
    '<p class="MsoListParagraphCxSpFirst" style="text-indent:-18pt;mso-list:l0 level1 lfo1"><![if !supportLists]>'
    '<span style="mso-list:Ignore">·<span style="font:7pt">&nbsp;&nbsp;</span></span><![endif]>Tide<o:p></o:p></p>'
    '<p class=MsoListParagraphCxSpMiddle style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">1.'
    "<span>&nbsp; </span></span>Ebb</p>"
    '<p class=MsoListParagraphCxSpLast style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Flood</p>'
)


@given(MARKUP)
def test_the_normal_form_of_anything_is_its_own_normal_form(text):
    once = normal_html(text)
    assert normal_html(once) == once
    assert "<p></p>" not in once and "<script" not in once.lower()


@pytest.mark.django_db
def test_every_stored_text_is_in_normal_form():
    seen = 0
    for model in publishable_models():
        rich = [n for n in translated_fields(model) if isinstance(model._meta.get_field(n), RichTextField)]
        for record in model._default_manager.all() if rich else []:
            for name in rich:
                for code in ("en", "ko"):
                    text = getattr(record, column(name, code)) or ""
                    assert normal_html(text) == text, (record, code)
                    seen += bool(text)
    assert seen > 70


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("<h1>Tide</h1><h2>Ebb</h2><h6>Neap</h6>", "<h2>Tide</h2>\n<h2>Ebb</h2>\n<h4>Neap</h4>"),
        ("<p><b>A</b> <i>b</i></p>", "<p><strong>A</strong> <em>b</em></p>"),
        ('<p><b style="mso-bidi-font-weight:normal">A</b></p>', "<p><strong>A</strong></p>"),
        ("<p><em><strong>A</strong></em></p>", "<p><strong><em>A</em></strong></p>"),
        ("<p><strong>A</strong><strong>B</strong></p>", "<p><strong>AB</strong></p>"),
        ("<p>A&nbsp; B&nbsp;</p><p>&nbsp;</p><p><br></p>", "<p>A B</p>"),
        ("<p>40&nbsp;km</p>", "<p>40&nbsp;km</p>"),
        ("<p>One\n  line</p>", "<p>One line</p>"),
        ("<div>A</div><div>B</div>", "<p>A</p>\n<p>B</p>"),
        ("<blockquote>A</blockquote>", "<blockquote>\n<p>A</p>\n</blockquote>"),
        ("<ul><li><p>A</p><ul><li>B</li></ul></li></ul>", "<ul>\n<li>A\n<ul>\n<li>B</li>\n</ul></li>\n</ul>"),
        ("<ul><li>A</li></ul><ul><li>B</li></ul>", "<ul>\n<li>A</li>\n<li>B</li>\n</ul>"),
        ('<p><span style="color:red">A</span> <a>B</a></p>', "<p>A B</p>"),
        ('<p><span lang="ko" dir="ltr">조력</span></p>', '<p><span lang="ko">조력</span></p>'),
        ('<p lang="ko">조력</p>', '<p><span lang="ko">조력</span></p>'),
        ('<p><st1:place w:st="on">Hull</st1:place></p>', "<p>Hull</p>"),
        (WORD_LIST, "<ul>\n<li>Tide\n<ol>\n<li>Ebb</li>\n</ol></li>\n<li>Flood</li>\n</ul>"),
        ('<p class="MsoListParagraph">•&nbsp; A</p>', "<ul>\n<li>A</li>\n</ul>"),
        (
            '<b style="font-weight:normal"><p>A <span style="font-weight:700">b</span></p></b>',
            "<p>A <strong>b</strong></p>",
        ),
    ],
)
def test_what_people_and_programs_write_comes_out_one_way(written, normal):
    assert normal_html(written) == normal


def test_a_table_has_header_cells_with_their_scope_however_it_was_written():
    body = '<tbody>\n<tr>\n<th scope="row">Ebb</th>\n<td>2</td>\n</tr>\n</tbody>'
    head = '<thead>\n<tr>\n<th scope="col">Tide</th>\n<th scope="col">km</th>\n</tr>\n</thead>'
    normal = f"<table>\n<caption>Reach</caption>\n{head}\n{body}\n</table>"
    rows = "<tr><th>Tide</th><th>km</th></tr>", "<tr><th>Ebb</th><td>2</td></tr>"
    assert normal_html(f"<table><caption>Reach</caption>{rows[0]}{rows[1]}</table>") == normal
    wrapped = f"<table><caption>Reach</caption><thead>{rows[0]}</thead><tbody>{rows[1]}</tbody></table>"
    assert normal_html(f'<figure class="table">{wrapped}</figure>') == normal


def test_the_codes_that_a_word_processor_puts_on_every_word_are_no_mark_of_language():
    assert (
        normal_html('<p><span lang="EN-GB">Tide</span> <span lang="KO">조력</span></p>') == "<p>Tide 조력</p>"
    )


def test_a_table_within_a_table_keeps_its_words():
    cleaned = normal_html("<table><tr><td><table><tr><td>Inner</td></tr></table></td></tr></table>")
    assert plain_text(cleaned) == "Inner" and cleaned.count("<table>") == 1


def test_markup_nested_without_end_is_read():
    assert normal_html("<div>" * 5000 + "deep") == "<p>deep</p>"
    assert "deep" in normal_html("<ul><li>" * 2000 + "deep")
    assert "deep" in normal_html("<blockquote>" * 2000 + "deep")


def test_words_that_hide_in_a_paste_do_not_come_out():
    hidden = "<xml><w:View>Normal</w:View></xml><style>p{}</style><title>Doc</title><!--[if gte mso 9]>x<![endif]-->"
    assert normal_html(f"{hidden}<p>Words</p>") == "<p>Words</p>"


@pytest.mark.django_db
class TestTheField:
    @pytest.fixture(autouse=True)
    def signed_in(self, client):
        client.force_login(factories.superuser())
        self.record = factories.opportunity(body_en="<p>Words.</p>\n<p>More.</p>", body_ko="<p>글입니다.</p>")
        factories.theme_of(self.record)

    def test_a_text_sent_as_an_editor_writes_it_is_no_change(self, client):
        written = "<p>Words.</p><p>More.&nbsp;</p><p>&nbsp;</p>"
        page = client.post(
            address(self.record), shown(client.get(address(self.record))) | {"body_en": written}
        )
        assert page.status_code == 302
        history = client.get(address(self.record, "history")).content.decode()
        assert "No fields changed" in history
        before = self.record.body_en
        self.record.refresh_from_db()
        assert self.record.body_en == before

    def test_plain_words_become_paragraphs_without_javascript(self, client):
        assert save(client, self.record, body_en="One\r\n\r\nTwo").status_code == 302
        self.record.refresh_from_db()
        assert self.record.body_en == "<p>One</p>\n<p>Two</p>"

    def test_the_page_offers_the_figures_of_the_record_first_and_says_how_each_reads(self, client):
        factories.figure(source=factories.source(), opportunity=self.record)
        field = client.get(address(self.record)).context["adminform"].form.fields["body_ko"]
        offered = json.loads(attribute(field.widget, "data-figures", "<p>{{figure:barrage-length}}</p>"))
        assert offered[0] == {"key": "barrage-length", "label": "길이", "reads": "2km", "own": True}
        assert len(offered) > 50 and not any(figure["own"] for figure in offered[1:])
        assert len({figure["key"] for figure in offered}) == len(offered)
        assert (
            "<code>{{figure:barrage-length}}</code> 2km" in client.get(address(self.record)).content.decode()
        )

    def test_the_textarea_says_its_language(self, client):
        page = client.get(address(self.record)).content.decode()
        assert 'data-rich-text="ko"' in page and 'data-rich-text="en"' in page
        assert 'src="/static/vendor/ckeditor5/ckeditor5.umd.js" defer' in page

    def test_a_new_record_has_the_field_too(self, client):
        assert client.get("/admin/opportunities/opportunity/add/").status_code == 200

    def test_required_text_is_still_asked_for(self, client):
        body = NewsItem._meta.get_field("body")
        for empty in ("", "<p>&nbsp;</p>", "<p><br></p><ul><li></li></ul>"):
            with pytest.raises(ValidationError, match="blank"):
                body.clean(empty, NewsItem())

    def test_the_cost_of_the_list_does_not_rise_with_the_figures(self, django_assert_num_queries):
        widget = RichText(Opportunity._meta.get_field("body"), "en", self.record.pk)
        source = factories.source()
        for number in range(3):
            factories.figure(f"own-{number}", source=source, opportunity=self.record)
            with django_assert_num_queries(3):
                widget.render("body_en", "<p>{{figure:own-0}}</p>")


def attribute(widget, name, value):
    found = {}
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.update(attributes) if tag == "textarea" else None
    parser.feed(widget.render("body", value))
    return found[name]
