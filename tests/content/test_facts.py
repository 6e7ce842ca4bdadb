"""Facts of the prospectus typed by hand from the documents, and read from the database: a check on the fixtures."""

from decimal import Decimal

import pytest

from opportunities.models import (
    Asset,
    CaseStudy,
    Figure,
    Opportunity,
    Programme,
    Site,
    Source,
    Statistic,
    Theme,
)
from partners.models import DelegationVisit, Involvement, Memorandum, Organisation, Person
from prospectus.models import Event, NewsItem, Page

pytestmark = pytest.mark.django_db

MILLION, BILLION = 1_000_000, 1_000_000_000

NUMBERS_OF_RECORDS = [
    (Theme, 4),
    (Opportunity, 18),
    (CaseStudy, 8),
    (Asset, 107),
    (Site, 51),
    (Programme, 20),
    (Organisation, 176),
    (Person, 47),
    (Statistic, 35),
    (DelegationVisit, 8),
    (Memorandum, 4),
    (NewsItem, 6),
    (Event, 2),
    (Page, 7),
]

VALUES = [
    ("health-innovation-liverpool", 250 * MILLION, 250 * MILLION),
    ("mif-labs-of-the-future", 26 * MILLION, 26 * MILLION),
    ("iicon-translational-facility", 83 * MILLION, 83 * MILLION),
    ("national-packaging-innovation-centre", 60 * MILLION, 60 * MILLION),
    ("maritime-knowledge-hub", 23 * MILLION, 23 * MILLION),
    ("ruedi", 30 * MILLION, 30 * MILLION),
    ("mmc-centre-of-excellence", 155 * MILLION, 155 * MILLION),
    ("nanotherapeutics-centre-north", 6 * MILLION, 6 * MILLION),
    ("alder-hey-innovation-centre", 20 * MILLION, 20 * MILLION),
    ("everton-minds", 25 * MILLION, 25 * MILLION),
    ("hynet-next-phases", 5 * BILLION, 5 * BILLION),
    ("mersey-tidal-power", 4 * BILLION, 15 * BILLION),
    # the documents give no price for these
    ("vaccine-manufacturing-hpo", None, None),
    ("lcr-freeport", None, None),
    ("glass-futures-2", None, None),
    ("sci-tech-daresbury-ultraviolet", None, None),
    ("hemisphere", None, None),
    ("lyva-labs-next-phases", None, None),
]

# direct, indirect, construction, apprenticeships
JOBS = [
    ("mif-labs-of-the-future", 1000, 1000, None, None),
    ("national-packaging-innovation-centre", 60, 2000, None, None),
    ("mmc-centre-of-excellence", 201, None, None, 100),
    ("alder-hey-innovation-centre", 100, 250, None, None),
    ("hynet-next-phases", 6000, None, None, None),
    ("mersey-tidal-power", None, None, 5000, None),
    ("lcr-freeport", 14000, None, None, None),
    ("ruedi", None, None, None, None),
    ("health-innovation-liverpool", None, None, None, None),
    ("sci-tech-daresbury-ultraviolet", None, None, None, None),
]

OTHER_FACTS = [
    ("ruedi", "funding_secured", 1_400_000),
    ("lyva-labs-next-phases", "funding_secured", 7_500_000),
    ("mersey-tidal-power", "funding_secured", None),
    ("hynet-next-phases", "gva", 17 * BILLION),
    ("lcr-freeport", "gva", 850 * MILLION),
    ("everton-minds", "gva", None),
    ("hynet-next-phases", "co2_saving", 10 * MILLION),
    ("lcr-freeport", "co2_saving", None),
    ("mersey-tidal-power", "stage", "feasibility"),
    ("sci-tech-daresbury-ultraviolet", "stage", "planning-approved"),
    ("glass-futures-2", "stage", "funding-nearly-complete"),
    ("ruedi", "district", "halton"),
    ("maritime-knowledge-hub", "district", "wirral"),
    ("mersey-tidal-power", "district", "region-wide"),
]

STATISTICS = [
    ("population", "1600000", "people", "about"),
    ("districts", "6", "count", "exact"),
    ("years-of-innovation", "300", "years", "at_least"),
    ("rd-target-share", "5", "percent", "exact"),
    ("uk-rd-target-share", "2.4", "percent", "exact"),
    ("net-zero-year", "2040", "year", "exact"),
    ("gva-gross", "41700000000", "GBP", "exact"),
    ("gva-net", "19700000000", "GBP", "exact"),
    ("productivity-gain", "10", "percent", "exact"),
    ("jobs-from-target", "44000", "jobs", "exact"),
    ("total-opportunity", "12000000000", "GBP", "at_least"),
    ("overseas-funding-share", "23", "percent", "at_least"),
    ("port-na-share", "45", "percent", "exact"),
    ("kq-area", "450", "acres", "exact"),
    ("innovation-board-founded", "2013", "year", "exact"),
    ("busan-port-rank", "5", "rank", "exact"),
    ("diplomatic-years", "140", "years", "exact"),
]

FIGURES = [
    ("case-materials-innovation-factory-grant", "33000000", "GBP", "exact"),
    ("case-unilever-company-value", "52000000000", "EUR", "exact"),
    ("case-unilever-scientists", "850", "people", "at_least"),
    ("case-unilever-patents", "524", "patents", "exact"),
    ("case-iicon-government-funding", "18600000", "GBP", "exact"),
    ("case-iicon-companies", "298", "companies", "exact"),
    ("case-nbic-new-technologies", "3750000000", "GBP", "exact"),
    ("case-nbic-companies", "250", "companies", "about"),
    ("case-hncdi-total", "210000000", "GBP", "exact"),
    ("case-hynet-north-west-jobs", "75000", "jobs", "exact"),
    ("case-glass-futures-cost", "53000000", "GBP", "exact"),
    ("programme-lcr-connect-length", "212", "km", "exact"),
    ("programme-lcr-4-0-gva", "30000000", "GBP", "at_least"),
    ("programme-lcei-businesses", "300", "companies", "about"),
    ("programme-uk-rok-transport-digital-twin-funding", "1590000000", "KRW", "exact"),
    ("theme-infection-control-lstm-founded", "1898", "year", "exact"),
    ("mersey-tidal-power-homes", "1000000", "homes", "exact"),
    ("mmc-centre-of-excellence-new-homes", "24500", "homes", "exact"),
]

ASSETS = [
    (1, "ABB UK HQ", "existing", "halton"),
    (28, "EuPRAXIA Plasma Accelerator Centre of Excellence", "pipeline", "halton"),
    (38, "iiCON phases 2 and 3", "pipeline", "liverpool"),
    (44, "Jaguar Land Rover", "existing", "knowsley"),
    (81, "Port of Liverpool", "existing", "sefton"),
    (97, "The Heath", "existing", "halton"),
    (102, "UltraViolet", "pipeline", "halton"),
    (107, "Whiston Hospital", "existing", "knowsley"),
]


@pytest.mark.parametrize(
    ("model", "number"), NUMBERS_OF_RECORDS, ids=lambda value: getattr(value, "__name__", value)
)
def test_there_are_as_many_as_the_documents_name(model, number):
    assert model.objects.count() == number


@pytest.mark.parametrize(("slug", "least", "most"), VALUES, ids=[row[0] for row in VALUES])
def test_an_opportunity_has_its_published_value(slug, least, most):
    opportunity = Opportunity.objects.get(slug=slug)
    assert (opportunity.value_min, opportunity.value_max) == (least, most)


@pytest.mark.parametrize("row", JOBS, ids=[row[0] for row in JOBS])
def test_an_opportunity_has_its_published_jobs(row):
    slug, *jobs = row
    opportunity = Opportunity.objects.get(slug=slug)
    assert jobs == [
        opportunity.jobs_direct,
        opportunity.jobs_indirect,
        opportunity.jobs_construction,
        opportunity.jobs_apprenticeships,
    ]


@pytest.mark.parametrize(("slug", "field", "value"), OTHER_FACTS)
def test_an_opportunity_has_its_other_facts(slug, field, value):
    assert getattr(Opportunity.objects.get(slug=slug), field) == value


@pytest.mark.parametrize(
    ("key", "value", "unit", "qualifier"), STATISTICS, ids=[row[0] for row in STATISTICS]
)
def test_a_headline_statistic_is_as_published(key, value, unit, qualifier):
    statistic = Statistic.objects.get(key=key)
    assert (statistic.value, statistic.unit, statistic.qualifier) == (Decimal(value), unit, qualifier)


@pytest.mark.parametrize(("key", "value", "unit", "qualifier"), FIGURES, ids=[row[0] for row in FIGURES])
def test_a_figure_is_as_published(key, value, unit, qualifier):
    figure = Figure.objects.get(key=key)
    assert (figure.value, figure.unit, figure.qualifier) == (Decimal(value), unit, qualifier)


@pytest.mark.parametrize(("number", "name", "status", "district"), ASSETS)
def test_an_asset_keeps_its_number_on_the_map(number, name, status, district):
    asset = Asset.objects.get(number=number)
    assert (asset.name_en, asset.status, asset.district) == (name, status, district)


def test_assets_are_numbered_from_1_to_107():
    assert list(Asset.objects.values_list("number", flat=True)) == list(range(1, 108))


def test_five_assets_have_no_coordinates():
    assert set(Asset.objects.filter(latitude=None).values_list("number", flat=True)) == {32, 47, 65, 69, 72}


def test_daresbury_lies_where_it_lies():
    site = Site.objects.get(slug="sci-tech-daresbury")
    assert (site.latitude, site.longitude, site.precision) == (Decimal("53.3437"), Decimal("-2.6400"), "site")


def test_the_sihwa_plant_lies_in_korea():
    site = Site.objects.get(slug="sihwa")
    assert (site.latitude, site.longitude, site.district) == (
        Decimal("37.3136"),
        Decimal("126.6128"),
        "outside-lcr",
    )


def test_the_knowledge_quarter_covers_450_acres():
    assert Site.objects.get(slug="kq-liverpool").area_acres == 450


def test_the_themes_stand_in_the_order_of_the_prospectus():
    assert list(Theme.objects.values_list("slug", flat=True)) == [
        "materials-chemistry",
        "infection-control",
        "ai-emerging-tech",
        "net-zero-maritime",
    ]


def test_the_first_theme_of_the_labs_of_the_future_is_materials_chemistry():
    rows = Opportunity.objects.get(slug="mif-labs-of-the-future").theme_rows.order_by("position")
    assert [row.theme.slug for row in rows] == ["materials-chemistry", "ai-emerging-tech"]


def test_four_opportunities_are_next_phases():
    related = Opportunity.objects.filter(category=Opportunity.Category.RELATED)
    assert set(related.values_list("slug", flat=True)) == {
        "glass-futures-2",
        "sci-tech-daresbury-ultraviolet",
        "hemisphere",
        "lyva-labs-next-phases",
    }


def test_the_home_page_features_four_opportunities():
    featured = Opportunity.objects.exclude(featured=None).order_by("featured")
    assert list(featured.values_list("slug", flat=True)) == [
        "mersey-tidal-power",
        "hynet-next-phases",
        "lcr-freeport",
        "health-innovation-liverpool",
    ]


def test_the_vaccine_opportunity_opened_in_spring_2022():
    assert Opportunity.objects.get(slug="vaccine-manufacturing-hpo").starts.iso == "2022-03/2022-05"


def test_the_freeport_runs_from_2021_to_2040():
    freeport = Opportunity.objects.get(slug="lcr-freeport")
    assert (freeport.starts.iso, freeport.ends.iso) == ("2021", "2040")


def test_figures_of_opportunities_are_as_at_2022():
    assert {opportunity.as_at.iso for opportunity in Opportunity.objects.all()} == {"2022"}


@pytest.mark.parametrize(
    ("slug", "year"),
    [
        ("materials-innovation-factory", 2017),
        ("unilever", 1911),
        ("iicon", 2020),
        ("hncdi", 2021),
        ("nbic", None),
    ],
)
def test_a_case_study_says_when_it_was_established(slug, year):
    assert CaseStudy.objects.get(slug=slug).year_established == year


@pytest.mark.parametrize(
    ("slug", "value", "starts"),
    [
        ("lcr-connect", 30 * MILLION, None),
        ("lcei", 12 * MILLION, None),
        ("lyva-labs-programme", 7_500_000, None),
        ("future-investment-fund", 2 * MILLION, None),
        ("lcr-angel-network", MILLION, "2022-05"),
        ("high-growth-innovation-fund", None, "2022-05"),
        ("uk-rok-innovation-twins", None, "2022-03"),
    ],
)
def test_a_programme_has_its_value_and_start(slug, value, starts):
    programme = Programme.objects.get(slug=slug)
    assert programme.value == value
    assert (programme.starts or None) == starts or programme.starts.iso == starts


@pytest.mark.parametrize(
    ("slug", "lead"),
    [
        ("mersey-tidal-power", "lcrca"),
        ("national-packaging-innovation-centre", "cpi"),
        ("mmc-centre-of-excellence", "mtc"),
        ("vaccine-manufacturing-hpo", "dit"),
        ("everton-minds", "everton-fc"),
    ],
)
def test_an_opportunity_has_its_lead(slug, lead):
    assert Involvement.objects.get(opportunity__slug=slug, role="lead").organisation.key == lead


def test_the_nanotherapeutics_centre_has_no_lead():
    involvements = Involvement.objects.filter(opportunity__slug="nanotherapeutics-centre-north")
    assert set(involvements.values_list("role", "organisation__key")) == {
        ("partner", "national-measurement-laboratory"),
        ("partner", "cpi"),
    }


def test_the_port_is_run_by_its_operator():
    assert Involvement.objects.get(asset__number=81).organisation.key == "peel-lp"


def test_what_the_web_says_is_not_shown_as_the_prospectus():
    funding = Figure.objects.get(key="national-packaging-innovation-centre-pre-development")
    assert (funding.value, funding.source.kind) == (110000, Source.Kind.WEB)
    korean_funding = Figure.objects.get(key="programme-uk-rok-transport-digital-twin-funding")
    assert korean_funding.source.kind == Source.Kind.WEB
    assert Statistic.objects.get(key="busan-port-rank").source.key == "news-en"


def test_figures_that_came_later_are_not_mixed_with_those_of_2022():
    later = [
        124_400_000,
        25_000_000,
        156_000_000,
    ]  # RUEDI 2024, Maritime Knowledge Hub 2023, HEMISPHERE later
    assert not Figure.objects.filter(value__in=later).exists()


def test_readers_are_told_the_source_in_both_languages():
    prospectus = Source.objects.get(key="prospectus-ko")
    assert (prospectus.name_en, prospectus.name_ko) == (
        "Innovation Prospectus, 2022",
        "혁신 투자 안내서(2022년)",
    )


@pytest.mark.parametrize(
    ("slug", "english", "korean"),
    [
        ("mersey-tidal-power", "Mersey Tidal Power", "머지조력프로젝트"),
        ("lcr-freeport", "Liverpool City Region Freeport", "리버풀도시권 자유무역항"),
        ("maritime-knowledge-hub", "Maritime Knowledge Hub", "해양지식허브"),
        (
            "national-packaging-innovation-centre",
            "National Packaging Innovation Centre",
            "국립패키징혁신센터",
        ),
    ],
)
def test_an_opportunity_is_named_in_both_languages(slug, english, korean):
    opportunity = Opportunity.objects.get(slug=slug)
    assert (opportunity.title_en, opportunity.title_ko) == (english, korean)
