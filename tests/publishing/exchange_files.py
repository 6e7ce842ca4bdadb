"""Files taken out, edited as a translator would, and brought back."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from publishing.exchange import spreadsheet, xliff
from publishing.exchange.entries import entries_of
from publishing.models import Import
from publishing.models.publishable import publishable_models

FORMATS = {"xliff": xliff, "xlsx": spreadsheet}
BRING_BACK = "admin:exchange_bring_back"


def everything():
    return [record for model in publishable_models() for record in model._default_manager.all()]


def taken_out(file_format, records, language="ko"):
    """A file as it is taken out."""
    return FORMATS[file_format].write(entries_of(records, language), language)


def edited(file_format, content, texts, states=None):
    """The file with some translations typed over: {"title": "새 제목"}, by the name of the field."""
    return EDITORS[file_format](content, texts, states or {})


def _edited_xliff(content, texts, states):
    document = xliff.Document()
    document.parse(content)
    for unit in document.units:
        field = unit.xmlelement.get("resname").rpartition(":")[2]
        if field in texts:
            unit.rich_target = None
            unit.target_dom.text = texts[field]
            unit.target_dom.attrib.pop("state", None)
        if field in states:
            unit.target_dom.set("state", states[field])
    return bytes(document)


def _edited_xlsx(content, texts, states):
    book = load_workbook(io.BytesIO(content))
    for row in book["Texts"].iter_rows(min_row=2):
        field = row[0].value.partition("#")[0].rpartition(":")[2]
        if field in texts:
            row[4].value = texts[field]
            row[4].data_type = "s"
        if field in states:
            row[5].value = states[field]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


EDITORS = {"xliff": _edited_xliff, "xlsx": _edited_xlsx}


def bring_back(client, content, name="back.xlf"):
    """Sends the file; the dry run's page, or the page with the refusal."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(BRING_BACK), {"back-file": file}, follow=True)


def rows(response):
    """{field: row} of the import whose page this is."""
    found = Import.objects.get(pk=response.context["found"].pk)
    return {row["field"] or row["key"]: row for row in found.rows}


def outcomes(response):
    return {name: row["outcome"] for name, row in rows(response).items()}


def press(client, response, verb, chosen=()):
    """Presses a button of an import's page."""
    address = reverse("admin:exchange_import", args=[response.context["found"].pk])
    return client.post(address, {"verb": verb, "row": list(chosen)}, follow=True)


def apply_all(client, response):
    return press(client, response, "all")


def unit(key, target, source="A barrage across the river.", state=""):
    """One hand-made unit of an XLIFF file."""
    shown = f' state="{state}"' if state else ""
    return f'<trans-unit id="{key}"><source>{source}</source><target{shown}>{target}</target></trans-unit>'


def handmade(*units, target="ko", source="en", head="<?xml version='1.0' encoding='UTF-8'?>", version="1.2"):
    """An XLIFF file written by hand."""
    return (
        f"{head}<xliff version='{version}' xmlns='urn:oasis:names:tc:xliff:document:{version}'>"
        f"<file original='x' source-language='{source}' target-language='{target}' datatype='plaintext'>"
        f"<body>{''.join(units)}</body></file></xliff>"
    ).encode()
