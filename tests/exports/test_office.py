"""Every export of every list opens in LibreOffice, with all of its rows and no formula."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from enquiries.models import InvestmentProject
from partners.models import Interaction
from tests.exports.taken import spreadsheet_of
from tests.factories import enquiry, superuser

pytestmark = pytest.mark.django_db
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
NASTY = [
    '=HYPERLINK("http://example.org")',
    "＝1+1",
    " \t=1+1",
    "x\r=1+1;=2",
    "+44 151 233 2000",
    "-1",
    "@SUM(A1)",
    "투자유치를",
    "a\x01\x1f=b",
    '"quoted", and\n=more',
    "a" + "b " * 16_383,  # as long as a cell may be
    "가나 " * 11_000,
]
LISTS = {
    "enquiries": ("/admin/enquiries/enquiry/", ""),
    "projects": ("/admin/enquiries/investmentproject/", ""),
    "data-hub": ("/admin/enquiries/investmentproject/", "data-hub/"),
    "interactions": ("/admin/partners/interaction/", ""),
}


@pytest.fixture(scope="module")
def office():
    found = next(
        filter(shutil.which, filter(None, [os.environ.get("SOFFICE"), "soffice", "libreoffice"])), None
    )
    assert found, "LibreOffice is needed: make test installs it, or says how."
    return found


@pytest.fixture
def nasty_rows():
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    enquiries, interactions, projects = [], [], []
    for text in NASTY:
        row = enquiry(received_at=at)
        enquiries.append(row.pk)
        type(row).objects.filter(pk=row.pk).update(
            organisation=text[:200], plans=text, given_name=text[:100], telephone=text[:40]
        )
        made = Interaction.objects.create(channel="email", direction="from-us", at=at, subject="x")
        interactions.append(made.pk)
        Interaction.objects.filter(pk=made.pk).update(subject=text[:250], notes=text)
        project = InvestmentProject.objects.create(name="x", estimated_land_date="2027-05-01")
        projects.append(project.pk)
        InvestmentProject.objects.filter(pk=project.pk).update(name=text[:200], description=text)


def rows_and_formulas(path):
    """(rows with anything in them, formulas) of all sheets of a flat OpenDocument file."""
    rows, formulas = 0, []
    for _, element in ElementTree.iterparse(path):
        if element.get(f"{TABLE}formula"):
            formulas.append(element.get(f"{TABLE}formula"))
        if element.tag == f"{TABLE}table-row":
            if any(cell.text or len(cell) for cell in element):
                rows += int(element.get(f"{TABLE}number-rows-repeated", 1))
            element.clear()
    return rows, formulas


def test_every_export_opens_in_libreoffice_with_every_row_and_no_formula(
    client, office, nasty_rows, tmp_path, settings
):
    storage = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    client.force_login(superuser())
    expected = {}
    for name, (address, shape) in LISTS.items():
        streamed = client.get(f"{address}export/{shape}").streaming_content
        (tmp_path / f"{name}-csv.csv").write_bytes(b"".join(streamed))
        (tmp_path / f"{name}-xlsx.xlsx").write_bytes(spreadsheet_of(client, f"{address}spreadsheet/{shape}"))
        count = client.get(address).context["cl"].count.number
        assert count >= len(NASTY)
        expected |= dict.fromkeys([f"{name}-csv", f"{name}-xlsx"], (count + 1, []))
    files = sorted(tmp_path.glob("*.csv")) + sorted(tmp_path.glob("*.xlsx"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [
        "--headless",
        "--convert-to",
        "fods",
        "--infilter=CSV:44,34,76,1",
        "--outdir",
        tmp_path / "out",
    ]
    subprocess.run([office, profile, *convert, *files[:4]], check=True, capture_output=True, timeout=120)
    convert.remove("--infilter=CSV:44,34,76,1")
    subprocess.run([office, profile, *convert, *files[4:]], check=True, capture_output=True, timeout=120)
    assert {name: rows_and_formulas(tmp_path / "out" / f"{name}.fods") for name in expected} == expected
