"""Taking texts out: which, in which form, and by whom."""

import io

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse
from openpyxl import load_workbook

from opportunities.models import Opportunity
from publishing.desk.exchange import take_out
from publishing.exchange import spreadsheet, xliff
from publishing.exchange.entries import Entry, Key, entries_of
from publishing.exchange.files import FileRefused
from publishing.models import Provenance
from tests.factories import opportunity, page, staff, superuser
from tests.publishing.exchange_files import bring_back, handmade, unit

pytestmark = pytest.mark.django_db
EXCHANGE = "admin:exchange"


@pytest.fixture
def record():
    found = opportunity(title_ko="", body_en="<p>A <strong>b</strong> {{figure:length}}<br>c</p>", body_ko="")
    Provenance.objects.create(record=found, field="summary", language="ko", made_from="An older text.")
    return found


@pytest.fixture
def editor(client):
    user = staff("editor", "opportunities.change_opportunity")
    client.force_login(user)
    return user


def ask(client, ticked=(), **chosen):
    """Sends the form that takes texts out."""
    data = {"out-language": "ko", "out-file_format": "xliff"} | {
        f"out-{name}": value for name, value in chosen.items()
    }
    if ticked:
        data["out-records"] = f"{ticked[0]._meta.label_lower}:{','.join(str(record.pk) for record in ticked)}"
    return client.post(reverse("admin:exchange_take_out"), data)


def units(response):
    document = xliff.Document()
    document.parse(response.content)
    return {unit.xmlelement.get("resname"): unit for unit in document.units}


def test_records_chosen_in_a_list_come_as_one_file(client, editor, record):
    response = ask(client, [record])
    assert response.headers["Content-Disposition"].startswith('attachment; filename="translations-ko-')
    found = units(response)
    assert list(found) == [
        f"opportunities.opportunity:river-barrage:{name}" for name in ("title", "summary", "body")
    ]
    states = [unit.target_dom.get("state") for unit in found.values()]
    assert states == ["new", "needs-translation", "new"]


def test_tags_and_tokens_stand_in_inline_codes(client, editor, record):
    text = ask(client, [record], states=["missing"]).content.decode()
    assert (
        '<bpt id="1">&lt;p&gt;</bpt>A <bpt id="2">&lt;strong&gt;</bpt>b<ept id="2">&lt;/strong&gt;</ept> '
        '<ph id="4">{{figure:length}}</ph><ph id="5">&lt;br&gt;</ph>c<ept id="1">&lt;/p&gt;</ept>'
    ) in text


def test_a_note_says_how_long_a_text_may_be_what_to_keep_and_which_words_to_use(client, editor, record):
    Opportunity.objects.filter(pk=record.pk).update(title_en="Combined Authority barrage")
    notes = {name.rpartition(":")[2]: unit.getnotes() for name, unit in units(ask(client, [record])).items()}
    assert "At most 200 characters." in notes["title"]
    assert "Combined Authority: 연합기구" in notes["title"]
    assert "keep the tags" in notes["body"] and "Keep {{…}}" in notes["body"]


def test_only_texts_of_the_states_asked_for_are_taken_out(client, editor, record):
    assert list(units(ask(client, [record], states=["stale"]))) == [
        "opportunities.opportunity:river-barrage:summary"
    ]
    response = ask(client, [record], states=["unreviewed"])
    assert "nothing to take out" in response.content.decode()


def test_whole_kinds_of_records_are_taken_out(client):
    client.force_login(superuser())
    found = units(ask(client, models=["prospectus.page", "opportunities.theme"]))
    assert {name.partition(":")[0] for name in found} == {"prospectus.page", "opportunities.theme"}
    assert len({name.partition(":")[0] for name in units(ask(client))}) > 6


def test_only_records_that_the_user_may_write_are_taken_out(client, editor, record):
    assert {name.partition(":")[0] for name in units(ask(client))} == {"opportunities.opportunity"}
    assert "Select a valid choice" in ask(client, models=["prospectus.page"]).content.decode()
    assert "cannot be taken out" in ask(client, [page()]).content.decode()


@pytest.mark.parametrize(
    "records", ["opportunities.opportunity:", "x:1", "opportunities.opportunity:x", "accounts.user:1"]
)
def test_a_tampered_choice_of_records_is_refused(client, editor, records):
    assert "cannot be taken out" in ask(client, records=records).content.decode()


def test_a_language_that_is_not_ones_own_is_403(client, settings, record):
    user = staff("translator")
    user.user_permissions.add(Permission.objects.get(codename="translate_ko"))
    client.force_login(user)
    assert ask(client, [record]).status_code == 200
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    assert ask(client, language="ar").status_code == 403
    content = handmade(unit("opportunities.opportunity:river-barrage:summary", "سد"), target="ar")
    assert bring_back(client, content).status_code == 403


def test_the_list_of_records_offers_to_take_out_the_ticked_ones(client, editor, record, rf):
    request = rf.post("/")
    request.user = editor
    model_admin = admin.site.get_model_admin(Opportunity)
    response = take_out(model_admin, request, Opportunity.objects.filter(pk=record.pk)).render()
    assert "<b>1 record</b> chosen in the list" in response.content.decode()
    assert f'value="opportunities.opportunity:{record.pk}"' in response.content.decode()


def test_texts_chosen_in_the_list_of_translations_are_taken_out(client, record):
    client.force_login(superuser())
    other = page()
    query = {
        "text": [f"opportunities.opportunity:{record.pk}:ko", f"prospectus.page:{other.pk}:ko", "x", "a:b:c"]
    }
    form = client.get(reverse(EXCHANGE), query).context["out"]
    chosen = f"opportunities.opportunity:{record.pk};prospectus.page:{other.pk}"
    assert (form["records"].value(), form["language"].value()) == (chosen, "ko")
    found = {name.rpartition(":")[0] for name in units(ask(client, records=chosen))}
    assert found == {"opportunities.opportunity:river-barrage", "prospectus.page:how-we-work"}


def test_a_spreadsheet_is_locked_but_for_what_is_to_be_filled_in(client, editor, record):
    Opportunity.objects.filter(pk=record.pk).update(summary_en="=1+1 & more", summary_ko="+44\n둘째 줄")
    book = load_workbook(io.BytesIO(ask(client, [record], file_format="xlsx").content))
    sheet = book["Texts"]
    assert [cell.value for cell in sheet[1]] == [
        "ID",
        "Record",
        "Field",
        "English (en)",
        "Korean (ko)",
        "State",
        "Note",
    ]
    row = sheet[3]
    assert [cell.value for cell in row[3:5]] == ["=1+1 & more", "+44\n둘째 줄"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert all(cell.value is None for line in sheet.iter_rows() for cell in line if cell.data_type == "n")
    assert row[3].quotePrefix and row[4].quotePrefix
    assert [cell.protection.locked for cell in row] == [True, True, True, True, False, False, True]
    assert sheet.protection.sheet and sheet.freeze_panes == "A2"
    assert "Write the translation in the column “Korean (ko)”" in book["About"]["A1"].value
    assert "{{…}}" in book["About"]["A4"].value


def test_a_sheet_for_a_language_written_from_right_to_left_opens_so(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    entry = Entry(
        Key("opportunities.opportunity", "a", "title", 1, "0" * 12),
        "A",
        "Title",
        "Dam",
        "سد",
        "stale",
        "",
        False,
    )
    sheet = load_workbook(io.BytesIO(spreadsheet.write([entry], "ar")))["Texts"]
    assert sheet.sheet_view.rightToLeft
    assert sheet["E1"].value == "Arabic (ar)"


def test_a_text_longer_than_a_cell_is_not_cut_but_refused(client, editor):
    found = opportunity(body_en=f"<p>{'a ' * 17_000}</p>")
    assert "Take it out as XLIFF" in ask(client, [found], file_format="xlsx").content.decode()
    assert units(ask(client, [found]))
    with pytest.raises(FileRefused):
        spreadsheet.write(entries_of([found], "ko"), "ko")


def test_taking_out_takes_as_many_queries_for_many_records_as_for_few(editor, django_assert_max_num_queries):
    made = [opportunity(f"number-{number}") for number in range(40)]
    entries_of(made[:1], "ko")
    with django_assert_max_num_queries(1):
        assert len(entries_of(made, "ko")) == 80
