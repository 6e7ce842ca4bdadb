"""The charts: every asset once, no words upon words, both banks of both estuaries."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from prospectus.drawings import chart, coast, names
from prospectus.drawings.labels import Box, slanted
from prospectus.drawings.marks import Point, gather

# Site | its name in English | in Korean
SITES = """
daresbury-park | Daresbury Park | 데어스버리파크
wavertree-technology-park | Wavertree Technology Park and Liverpool Innovation Park | 웨이버트리기술공원·리버풀혁신공원
bromborough | Bromborough | 브롬버러
alder-hey | Alder Hey Children's Hospital campus | 앨더헤이어린이병원 캠퍼스
widnes | Widnes | 위드너스
uol-campus | University of Liverpool campus | 리버풀대학교 캠퍼스
arrowe-park | Arrowe Park Hospital | 애로우파크병원
speke | Speke biomanufacturing cluster | 스피크 바이오제조 클러스터
sci-tech-daresbury | Sci-Tech Daresbury | 과학기술데어스버리
baltic-triangle | Baltic Triangle | 발트해삼각지대
moreton | Moreton, Wirral | 모어턴(위럴)
burbo-bank | Burbo Bank, Liverpool Bay | 버보뱅크(리버풀만)
birkenhead | Birkenhead waterfront | 버컨헤드 수변
lstm-campus | Liverpool School of Tropical Medicine, Pembroke Place | 리버풀열대의학대학교(펨브로크플레이스)
liverpool-science-park | Liverpool Science Park | 리버풀과학공원
kq-liverpool | Knowledge Quarter Liverpool (KQ Liverpool) | 리버풀지식구역(KQ리버풀)
royal-liverpool | Royal Liverpool University Hospital and health campus | 왕립리버풀대학병원·의료 캠퍼스
clatterbridge-wirral | Clatterbridge, Wirral | 클래터브릿지(위럴)
goodison | Goodison Park, Walton | 구디슨파크(월튼)
st-helens-glass-futures | Glass Futures, St Helens | 글래스퓨쳐스(세인트헬렌)
paddington-village | Paddington Village | 패딩턴빌리지
runcorn-chemicals | Runcorn chemicals complex | 런콘 화학단지
halewood | Halewood | 헤일우드
leahurst | Leahurst Campus, Neston | 리허스트 캠퍼스(네스턴)
anfield | Anfield | 안필드
broadgreen | Broadgreen (Liverpool Heart and Chest Hospital) | 브로드그린(리버풀심장·흉부병원)
liverpool-womens | Liverpool Women's Hospital | 리버풀여성병원
ljmu-city-campus | Liverpool John Moores University, Byrom Street | 리버풀존무어스대학교(바이럼스트리트)
wirral-waters | Wirral Waters (Central Hydraulic Tower) | 위럴워터스(중앙유압타워)
knowsley-business-park | Knowsley Business Park, Kirkby | 노우슬리 비즈니스파크(커크비)
port-of-liverpool | Port of Liverpool and Liverpool2 | 리버풀항·리버풀2
runcorn-manor-park | Runcorn (pharmaceutical packaging and distribution) | 런콘(제약 생산·물류)
the-heath | The Heath Business and Technical Park | 더히스 비즈니스·기술파크
aintree | Aintree hospital campus (The Walton Centre) | 에인트리 병원 캠퍼스(월튼센터)
port-sunlight | Port Sunlight (Unilever) | 포트선라이트(유니레버)
skyways-speke | Skyways House, Speke | 스카이웨이즈하우스(스피크)
whiston | Whiston Hospital | 위스턴병원
"""
# Site | latitude longitude: the numbers of the assets there (p: pipeline)
ASSETS = """
daresbury-park | 53.3350 -2.6440: 1
wavertree-technology-park | 53.4083 -2.9260: 2
wavertree-technology-park | 53.4075 -2.9270: 89
bromborough | 53.3340 -2.9700: 3
alder-hey | 53.4196 -2.8976: 4 5p 6
widnes | 53.3610 -2.7340: 7 24
uol-campus | 53.4066 -2.9667: 8 23 26 48 54 63 66 67p 70 71 77 90 96
arrowe-park | 53.3707 -3.0968: 9
speke | 53.3470 -2.8370: 10
speke | 53.3370 -2.8790: 80
speke | 53.3435 -2.8500: 88
speke | 53.3470 -2.8440: 100
sci-tech-daresbury | 53.3437 -2.6400: 11 17p 25 27 28p 29 35 37 43p 73p 75 76 82 86p 91 92 93 94 98 101p 102p 106
baltic-triangle | 53.3955 -2.9800: 12
moreton | 53.4010 -3.1110: 13
burbo-bank | 53.4880 -3.1900: 14
birkenhead | 53.3840 -3.0090: 15 74
birkenhead | 53.4040 -3.0150: 78
lstm-campus | 53.4087 -2.9692: 16 22 34 38p 41 46 52
liverpool-science-park | 53.4043 -2.9696: 18 53 56 59 60 68
kq-liverpool | 53.4060 -2.9660: 19 50 79
kq-liverpool | 53.4075 -2.9725: 87
royal-liverpool | 53.4091 -2.9668: 20
royal-liverpool | 53.4099 -2.9645: 84 85
clatterbridge-wirral | 53.3330 -3.0270: 21
goodison | 53.4388 -2.9663: 30 31p
st-helens-glass-futures | 53.4465 -2.7285: 33p 39p 64p
paddington-village | 53.4072 -2.9560: 36p 83
runcorn-chemicals | 53.3235 -2.7440: 40 42
halewood | 53.3580 -2.8310: 44
leahurst | 53.2870 -3.0260: 45
anfield | 53.4308 -2.9608: 49
broadgreen | 53.4108 -2.8990: 51
liverpool-womens | 53.3986 -2.9606: 55
ljmu-city-campus | 53.4112 -2.9815: 57 58
wirral-waters | 53.4008 -3.0215: 61p
knowsley-business-park | 53.4750 -2.8560: 62
port-of-liverpool | 53.4570 -3.0180: 81
runcorn-manor-park | 53.3280 -2.6900: 95
the-heath | 53.3255 -2.7420: 97
aintree | 53.4655 -2.9310: 99
port-sunlight | 53.3535 -2.9920: 103 104
skyways-speke | 53.3520 -2.8820: 105
whiston | 53.4201 -2.7852: 107
"""
# As the style sheet sets them: on a desk up to 15, on a phone 13.
SIZES = {"ch-no": 14, "ch-lab": 14, "ch-ct": 14, "ch-place": 15, "ch-water": 15, "ch-tick": 12}
AREAS = {
    "en": {
        "liverpool-bay": "Liverpool Bay",
        "mersey": "Mersey",
        "dee": "Dee",
        "sefton": "Sefton",
        "knowsley": "Knowsley",
        "st-helens": "St Helens",
        "liverpool": "Liverpool",
        "wirral": "Wirral",
        "halton": "Halton",
    },
    "ko": {
        "liverpool-bay": "리버풀만",
        "mersey": "머지강",
        "dee": "디강",
        "sefton": "세프턴",
        "knowsley": "노즐리",
        "st-helens": "세인트헬렌스",
        "liverpool": "리버풀",
        "wirral": "위럴",
        "halton": "할턴",
    },
}


def assets(language="en"):
    sites = {key: both for key, *both in (line.split(" | ") for line in SITES.strip().splitlines())}
    points = []
    for line in ASSETS.strip().splitlines():
        site, spot = line.split(" | ")
        place, numbers = spot.split(": ")
        lat, lon = map(float, place.split())
        name = sites[site][language == "ko"]
        for number in numbers.split():
            n = int(number.rstrip("p"))
            points.append(Point(n, lat, lon, number.endswith("p"), f"#asset-{n}", f"Asset {n}", site, name))
    return points


def region(points, *, language="en", shape="wide", prefix="c"):
    return chart.asset_chart(
        points,
        label="Chart of the city region",
        places=AREAS[language],
        inset_label="City centre, enlarged",
        inset_href="#centre",
        prefix=prefix,
        shape=shape,
    )


def centre(points, shape="wide"):
    return chart.inset_chart(points, label="City centre", prefix="i", shape=shape)


def tree(drawing):
    return ElementTree.XML(drawing)


def shown(drawing):
    """How many assets the links of a drawing are for: one each, or what a disc says; the square is another's."""
    count = 0
    for link in tree(drawing).iter("a"):
        disc = link.find("text[@text-anchor='middle']")
        if link.get("href") != "#centre":
            several = disc is not None and "ch-ct" in disc.get("class")
            count += int(disc.text) if several else 1
    return count


def test_every_asset_is_once_on_the_chart_or_its_enlargement():
    points = assets()
    assert len(points) == 102
    for shape in ("wide", "slim"):
        assert shown(region(points, shape=shape)) + shown(centre(points, shape)) == 102


def test_the_square_says_how_many_are_enlarged():
    points = assets()
    square = next(a for a in tree(region(points)).iter("a") if a.get("href") == "#centre")
    assert square.find("text").text == str(len(chart.centre_points(points))) == str(shown(centre(points)))


@pytest.mark.parametrize("step", [2, 3, 7, 20])
def test_a_filtered_chart_shows_each_of_its_assets_once(step):
    points = assets()[::step]
    enlarged = centre(points)
    assert shown(region(points)) + (shown(enlarged) if enlarged else 0) == len(points)


def test_a_chart_without_assets_is_still_a_chart():
    assert not list(tree(region([])).iter("a"))
    assert centre([]) == ""


def test_a_single_asset_of_the_city_centre_needs_no_enlargement():
    one = [point for point in assets() if point.number == 87]
    assert centre(one) == ""
    assert [a.get("aria-label") for a in tree(region(one)).iter("a")] == ["87 Asset 87"]


def test_an_asset_without_coordinates_or_far_away_is_left_to_the_list():
    nowhere = Point(1, None, None, False, "#a", "Somewhere", "", "")
    busan = Point(2, 35.18, 129.08, False, "#b", "Busan", "busan", "Busan")
    assert not chart.on_chart(nowhere)
    assert not chart.on_chart(busan)
    assert not list(tree(region([nowhere, busan])).iter("a"))


def test_the_same_assets_make_the_same_chart_in_any_order():
    points = assets()
    assert region(points) == region(points[::-1])


def test_a_name_from_an_editor_is_escaped():
    bad = '<script>alert(1)</script> & "Sons"'
    points = [Point(n, 53.45, -2.80, False, "#x", bad, "s", bad) for n in (1, 2)]
    for drawing in (region(points), region(points[:1])):
        assert "<script" not in drawing
        labels = [a.get("aria-label") for a in tree(drawing).iter("a")]
        assert len(labels) == 1 and bad in labels[0]


def test_a_mark_of_pipeline_assets_is_a_ring():
    here = Point(1, 53.45, -2.80, True, "#x", "To come", "s", "Site")
    assert 'class="ch-pipe"' in region([here])
    assert 'class="ch-pipe"' not in region([here._replace(pipeline=False)])


def test_marks_of_different_places_do_not_cover_each_other():
    for view in (chart.REGION["wide"], chart.CENTRE["wide"]):
        marks = gather([p for p in assets() if view.shows(p.lat, p.lon)], view)
        outside = [m for m in marks if not chart.in_centre(m.points[0])] if view.width == 1000 else marks
        for one, two in combinations(outside, 2):
            assert (one.x - two.x) ** 2 + (one.y - two.y) ** 2 >= (one.r + two.r) ** 2 - 1


def boxes(drawing, largest):
    """An estimate of where each piece of text stands, with the text."""
    found = []
    for text in tree(drawing).iter("text"):
        size = min(largest, SIZES[text.get("class").split()[0]])
        x, y = float(text.get("x")), float(text.get("y"))
        if turned := re.match(r"rotate\((\S+)", text.get("transform", "")):
            found += [(text.text, box) for box in slanted(x, y, text.text, size, float(turned[1]))]
            continue
        width = sum(size * (0.9 if ord(letter) > 0x1100 else 0.53) for letter in text.text)
        left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor"), 0)
        found.append((text.text, Box(left, y - size * 0.75, left + width, y + size * 0.22)))
    return found


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("shape", ["wide", "slim"])
def test_no_words_of_the_chart_are_upon_others(language, shape):
    points = assets(language)
    for drawing in (region(points, language=language, shape=shape), centre(points, shape)):
        for (one, here), (two, there) in combinations(boxes(drawing, 15 if shape == "wide" else 13), 2):
            assert one == two or not here.touches(there), f"{one} is upon {two}"


def test_every_asset_that_stands_alone_has_its_number():
    numbers = {text.text for text in tree(region(assets())).iter("text") if "ch-no" in text.get("class")}
    alone = [a for a in tree(region(assets())).iter("a") if re.match(r"\d+ ", a.get("aria-label"))]
    assert numbers == {a.get("aria-label").split()[0] for a in alone}


def test_ids_begin_with_the_prefix_and_no_style_is_written_in_the_drawing():
    drawing = region(assets(), prefix="assets-wide")
    ids = re.findall(r' id="([^"]+)"', drawing)
    assert ids and all(found.startswith("assets-wide-") for found in ids) and len(ids) == len(set(ids))
    assert " style=" not in drawing


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(53.33, -2.93), (53.41, -3.008), (53.315, -2.83), (53.31, -3.16), (53.60, -3.30), (53.488, -3.19)],
    ids=["upper Mersey", "Mersey at Liverpool", "Mersey off Hale", "Dee", "Irish Sea", "Burbo Bank"],
)
def test_water_is_not_land(lat, lon):
    assert not coast.on_land(lat, lon)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(53.4084, -2.9916), (53.39, -3.03), (53.646, -3.00), (53.337, -2.70), (53.362, -2.73), (53.25, -3.13)],
    ids=["Liverpool", "Birkenhead", "Southport", "Runcorn", "Widnes", "Flint"],
)
def test_towns_stand_on_land(lat, lon):
    assert coast.on_land(lat, lon)


def test_the_coast_tells_its_source_and_licence():
    head = coast.coastline()
    assert "GSHHG" in head["source"] and head["licence"].startswith("LGPL")


def test_a_known_site_is_a_spot_and_a_neighbourhood_is_a_ring():
    kwargs = {"label": "Map", "name": "Speke", "places": AREAS["en"], "prefix": "s"}
    ring = chart.site_chart(53.345, -2.845, precision="district", **kwargs)
    spot = chart.site_chart(53.345, -2.845, precision="site", **kwargs)
    assert "ch-hereline" in ring and "ch-hereline" not in spot
    assert tree(ring).get("role") == "img" and tree(ring).get("aria-label") == "Map"


def test_a_site_beyond_our_coast_has_no_chart():
    kwargs = {"precision": "site", "label": "Map", "name": "Busan", "places": {}, "prefix": "s"}
    assert chart.site_chart(35.18, 129.08, **kwargs) == ""
    assert chart.site_chart(None, None, **kwargs) == ""


def test_the_name_of_a_site_is_escaped():
    drawing = chart.site_chart(
        53.4, -2.9, precision="site", label="<b>", name="<script>", places=AREAS["en"], prefix="s"
    )
    assert "<script" not in drawing and "<b>" not in drawing
    tree(drawing)


def test_each_sign_of_the_key_is_drawn():
    assert all("<svg" in chart.key(kind) for kind in chart.KEYS)


def test_every_area_and_water_is_named_on_the_wide_chart():
    texts = {text.text for text in tree(region(assets())).iter("text")}
    assert {AREAS["en"][key] for key in names.ANCHORS} <= texts
