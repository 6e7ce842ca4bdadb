from functools import lru_cache

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from opportunities.models import Asset, District, Site, Theme
from prospectus.drawings import chart
from prospectus.drawings.bars import in_both_shapes
from prospectus.drawings.marks import Point
from prospectus.filters.assets import AssetFilter
from prospectus.places import chart_places, degrees
from prospectus.templatetags.readings import name_in
from prospectus.templatetags.readings import shown as marked
from prospectus.views.base import PublicPage
from publishing import languages

DISTRICTS = {value: place for place, value in enumerate(District.values)}


class AssetList(PublicPage):
    """Every asset on the chart and in the list: what the filters leave stands in both, in the same order."""

    template_name = "prospectus/assets.html"
    section = "assets"

    def get_context_data(self, **kwargs):
        themes = list(Theme.objects.facts())
        assets = Asset.objects.prefetch_related(Prefetch("site", Site.objects.facts()))
        every_site = [asset.site for asset in assets]
        readings = self.read([*themes, *every_site])
        choices = [
            (theme.slug, marked(reading, "title")) for theme in themes if (reading := readings.get(theme))
        ]
        filters = AssetFilter(self.request.GET, language=self.language, choices={"theme": choices})
        matching = set(filters.rows().values_list("pk", flat=True))
        rows = [asset for asset in assets if asset.pk in matching]
        points = tuple(
            point for asset in rows if chart.on_chart(point := point_of(asset, readings, self.language))
        )
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "facets": filters.facets(),
            "chips": filters.chips(),
            "total": len(assets),
            "shown": len(rows),
            "on_chart": len(points),
            "in_centre": len(chart.centre_points(points)),
            "chart": region_chart(points, self.language) if points else "",
            "inset": centre_chart(points, self.language) if points else "",
            "keys": key_line(points),
            "places": by_site(rows, readings),
        }


def point_of(asset, readings, language):
    site = readings.get(asset.site)
    return Point(
        asset.number,
        None if asset.latitude is None else float(asset.latitude),
        None if asset.longitude is None else float(asset.longitude),
        asset.status == Asset.Status.PIPELINE,
        f"#asset-{asset.number}",
        name_of(asset, language),
        site_key(asset),
        site.title if site else name_of(asset, language),
    )


def name_of(asset, language):
    return name_in(asset, "name", language) or name_in(asset, "name", languages.SOURCE)


def site_key(asset):
    return asset.site.slug if asset.site else f"asset-{asset.number}"


# Drawing takes longer than everything else on the page, and the same facts give the same bytes.
@lru_cache(maxsize=64)
def region_chart(points, language):
    return in_both_shapes(
        chart.asset_chart,
        points,
        label=_("Chart of the city region with the numbered assets"),
        places=chart_places(),
        inset_label=_("Liverpool city centre, enlarged below"),
        inset_href="#inset",
        prefix="assets",
        degrees=degrees(),
    )


@lru_cache(maxsize=64)
def centre_chart(points, language):
    return in_both_shapes(
        chart.inset_chart,
        points,
        label=_("Liverpool city centre, enlarged"),
        prefix="centre",
        degrees=degrees(),
    )


def key_line(points):
    """The signs of the chart with their words; that of the enlarged part only where there is one."""
    signs = [
        ("existing", _("Existing")),
        ("pipeline", _("Pipeline")),
        ("several", _("Several at one place, with how many")),
    ]
    if chart.centre_points(points):
        signs.append(("enlarged", _("Enlarged below")))
    return [(chart.key(kind), words) for kind, words in signs]


class Place:
    """A site in the list with its assets; assets without a site stand together under their district."""

    def __init__(self, reading, assets):
        self.reading, self.assets = reading, assets
        first = assets[0]
        self.anchor = f"site-{first.site.slug}" if reading else f"elsewhere-{first.district}"
        self.district = first.get_district_display()


def by_site(assets, readings):
    """Places by district, the ones with most assets first; inside a place by number."""
    groups = {}
    for asset in assets:
        reading = readings.get(asset.site)
        key = ("site", asset.site.pk) if reading else ("district", asset.district)
        groups.setdefault(key, (reading, []))[1].append(asset)
    places = [Place(reading, members) for reading, members in groups.values()]
    return sorted(
        places,
        key=lambda place: (DISTRICTS[place.assets[0].district], -len(place.assets), place.assets[0].number),
    )
