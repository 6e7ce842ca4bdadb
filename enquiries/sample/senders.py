"""Who asks: invented people of invented organisations, by country."""

from typing import NamedTuple

from publishing import languages

# Country: share of enquiries, time zone, names, telephone number ("" where no number is kept for fiction).
COUNTRIES = {
    "KR": (34, "Asia/Seoul", "korean", "+82 2 000 {:04d}"),
    "GB": (14, "Europe/London", "english", "+44 1632 960{:03d}"),
    "US": (10, "America/New_York", "english", "+1 212 555 01{:02d}"),
    "DE": (6, "Europe/Berlin", "german", "+49 30 23125 {:03d}"),
    "JP": (6, "Asia/Tokyo", "japanese", "+81 3 0000 {:04d}"),
    "CN": (5, "Asia/Shanghai", "chinese", ""),
    "FR": (4, "Europe/Paris", "romance", "+33 1 99 00 {:02d} 00"),
    "IN": (4, "Asia/Kolkata", "indian", ""),
    "DK": (3, "Europe/Copenhagen", "nordic", ""),
    "NL": (3, "Europe/Amsterdam", "german", ""),
    "SG": (2, "Asia/Singapore", "chinese", ""),
    "CA": (2, "America/Toronto", "english", "+1 416 555 01{:02d}"),
    "AE": (2, "Asia/Dubai", "arabic", ""),
    "NO": (2, "Europe/Oslo", "nordic", ""),
    "ES": (1, "Europe/Madrid", "romance", ""),
    "IE": (1, "Europe/Dublin", "english", "+353 20 910 {:04d}"),
    "AU": (1, "Australia/Sydney", "english", "+61 2 5550 {:04d}"),
}

# Given names, family names.
NAMES = {
    "english": (
        "Alice Benjamin Clara Daniel Eleanor Fergus Grace Henry Isobel Jack Katherine Luke Megan Nathan Olivia Peter "
        "Rachel Samuel Tessa William",
        "Ashdown Barlow Cartwright Dunmore Ellwood Fairley Garside Haverley Ingram Kirkby Langdale Marlow Northcott "
        "Oakden Penrose Ridley Stanmore Thornby Underhill Whitcombe",
    ),
    "german": (
        "Anke Bernd Christa Dirk Elke Florian Gesine Holger Ilse Jörg Karin Lukas Maike Niels Petra Rainer Silke Uwe",
        "Achterberg Brinkhof Dornbusch Eickmann Feldhaus Grunewald Hollander Kleinert Lindhorst Mühlbach Overkamp "
        "Rosenthaler Steinbrück Tiedemann Vossberg Westerhoff",
    ),
    "nordic": (
        "Astrid Bjørn Dagny Einar Freja Gunnar Hanne Ivar Jonas Kirsten Lars Mette Nils Oda Rune Signe Torben Yrsa",
        "Aaskov Birkeland Dahlgaard Ekholm Fjeldsted Granlund Holm Isaksen Kvist Lindqvist Mosegaard Nygård Ravn "
        "Skovby Torsvik Vestergren",
    ),
    "romance": (
        "Adèle Bruno Carmen Diego Élise Fabien Giulia Hugo Inès Julien Lucía Marc Nadia Olivier Paloma Rémi Sofía Théo",
        "Aubrac Belmonte Castelvieux Delacour Escudero Fontanille Garrigue Hontanar Jolivet Larroque Montclar Navarret "
        "Ponsard Quintela Rochefort Valdeluz",
    ),
    "japanese": (
        "Akira Chiyo Daisuke Emi Fumiko Goro Haruka Isamu Jun Kaori Makoto Naoko Osamu Rie Satoshi Tomoko Yuki",
        "Asahina Fujikura Hayakawa Ishibashi Kawamoto Kurosaki Matsunaga Nakahara Okabe Sakurai Tachibana Uchida "
        "Watari Yamashiro",
    ),
    "chinese": (
        "Bowen Chunhua Dawei Fang Guoqiang Haoran Jiayi Kexin Lihua Meilin Ning Qian Ruoxi Shan Tao Wenjing Xiaoyu Yan",
        "Bai Cao Deng Fan Gu Huang Jiang Kong Liang Meng Ouyang Pan Qiu Shen Tang Wei Xue Yin Zhong",
    ),
    "indian": (
        "Aarav Bhavna Chirag Deepa Esha Farhan Gita Harish Indira Jaya Kiran Lakshmi Manoj Nisha Pranav Rekha Sunil",
        "Acharya Bhandari Chaturvedi Deshmukh Ghoshal Iyengar Jadhav Kulkarni Mahajan Nambiar Pillai Raghavan Sarin "
        "Tripathi Varghese",
    ),
    "arabic": (
        "Amal Bilal Dalia Faisal Ghada Hisham Iman Jamal Karim Layla Maha Nabil Omar Rania Salim Tariq Yasmin Zaid",
        "Al-Amiri Al-Darwish Al-Fahim Al-Hashimi Al-Jabri Al-Kaabi Al-Mazrouei Al-Noor Al-Qasimi Al-Rashidi "
        "Al-Suwaidi Al-Tayer",
    ),
}
KOREAN_FAMILIES = [
    *(
        ("김", "Kim"),
        ("이", "Lee"),
        ("박", "Park"),
        ("최", "Choi"),
        ("정", "Jung"),
        ("강", "Kang"),
        ("조", "Cho"),
    ),
    *(
        ("윤", "Yoon"),
        ("장", "Jang"),
        ("임", "Lim"),
        ("한", "Han"),
        ("오", "Oh"),
        ("서", "Seo"),
        ("신", "Shin"),
    ),
    *(
        ("권", "Kwon"),
        ("황", "Hwang"),
        ("송", "Song"),
        ("홍", "Hong"),
        ("남궁", "Namgung"),
        ("선우", "Sunwoo"),
    ),
]
KOREAN_GIVEN = [
    *(("민준", "Min-jun"), ("서연", "Seo-yeon"), ("지훈", "Ji-hoon"), ("하은", "Ha-eun"), ("도윤", "Do-yun")),
    *(("수빈", "Su-bin"), ("현우", "Hyun-woo"), ("예진", "Ye-jin"), ("성민", "Sung-min"), ("은지", "Eun-ji")),
    *(
        ("재혁", "Jae-hyuk"),
        ("다은", "Da-eun"),
        ("태영", "Tae-young"),
        ("유나", "Yu-na"),
        ("상훈", "Sang-hoon"),
    ),
    *(
        ("미경", "Mi-kyung"),
        ("동현", "Dong-hyun"),
        ("혜원", "Hye-won"),
        ("준호", "Jun-ho"),
        ("소영", "So-young"),
    ),
]
# Beginnings and ends of names of organisations, in both scripts where a Korean company would have both.
BEGINNINGS = (
    "Aldermoor Brackwell Cinderford Duskhaven Elmbridge Fernhollow Greystane Harrowmere Ivybank Juniper Kestrelby "
    "Larkspur Mossgate Nettlecombe Oakhurst Pinefield Quillstone Rowanby Saltmarsh Thistledown Umberlight Velloway "
    "Wintermoor Yarrowdale Zephyrine Arvenholt Bluequay Corvane Drayfell Estermark Falkhaven Glimmerdal Hollowick "
    "Isenford Jaspermill Kaldervik Lumenfeld Merrowick Norvane Ostrandt"
).split()
ENDS = (
    "Therapeutics|Diagnostics|Marine Systems|Hydrogen|Glassworks|Robotics|Advanced Materials|Logistics|Studios|"
    "Biologics|Turbines|Composites|Capital|Analytics|Packaging|Foods|Instruments|Catalysts|Batteries|Genomics"
).split("|")
KOREAN_BEGINNINGS = [
    *(("가온누리", "Gaonnuri"), ("나래솔", "Naraesol"), ("다솜해", "Dasomhae"), ("라온터", "Raonteo")),
    *(("마루별", "Marubyeol"), ("바다온", "Badaon"), ("새벽강", "Saebyeokgang"), ("아라뫼", "Aramoe")),
    *(
        ("자람빛", "Jarambit"),
        ("차오름결", "Chaoreumgyeol"),
        ("큰누리샘", "Keunnurisaem"),
        ("토담골", "Todamgol"),
    ),
    *(
        ("푸른돌", "Pureundol"),
        ("하늬바람", "Hanuibaram"),
        ("해오름들", "Haeoreumdeul"),
        ("달무리", "Dalmuri"),
    ),
]
KOREAN_ENDS = [
    *(
        ("바이오", "Bio"),
        ("소재", "Materials"),
        ("해양", "Marine"),
        ("에너지", "Energy"),
        ("로보틱스", "Robotics"),
    ),
    *(
        ("물류", "Logistics"),
        ("메디컬", "Medical"),
        ("수소", "Hydrogen"),
        ("정밀", "Precision"),
        ("미디어", "Media"),
    ),
    *(("식품", "Foods"), ("진단", "Diagnostics"), ("중공업", "Heavy Industries"), ("인베스트", "Invest")),
]
LEGAL = {
    "GB": "Ltd",
    "US": "Inc.",
    "DE": "GmbH",
    "JP": "K.K.",
    "FR": "SAS",
    "DK": "A/S",
    "NL": "B.V.",
    "IN": "Pvt Ltd",
}
JOBS = [
    *(
        "Director of Strategy",
        "Head of International Expansion",
        "Chief Operating Officer",
        "Business Development",
    ),
    *(
        "Site Selection Manager",
        "Head of Research",
        "Managing Director",
        "Investment Analyst",
        "Chief Technologist",
    ),
]
KOREAN_JOBS = (
    "해외사업팀장 전략기획실장 대표이사 연구소장 투자담당 이사 사업개발본부장 차장 부장 책임연구원".split()
)


class Sender(NamedTuple):
    """Somebody who asks, perhaps more than once."""

    given_name: str
    family_name: str
    job_title: str
    email: str
    telephone: str
    organisation: str
    website: str
    country: str
    language: str  # of the form
    reply_language: str
    known_organisation: int | None


SPLIT = {key: tuple(part.split() for part in parts) for key, parts in NAMES.items()}
CODES = list(COUNTRIES)
SHARES = [share for share, *_ in COUNTRIES.values()]


def organisation_name(rng, country, number=None):
    """(the name as its people write it, the name in Latin letters)."""
    if country == "KR":
        hangul, latin = rng.choice(KOREAN_BEGINNINGS)
        hangul_end, latin_end = rng.choice(KOREAN_ENDS)
        return f"{hangul}{hangul_end}", f"{latin} {latin_end}"
    name = f"{rng.choice(BEGINNINGS)} {rng.choice(ENDS)}"
    legal = LEGAL.get(country)
    return (f"{name} {legal}" if legal and rng.random() < 0.5 else name), name


def new_sender(rng, country, known):
    """Somebody from that country who has not written before. `known` are (id, names) of organisations in our
    records."""
    korean = country == "KR"
    in_korean = korean and rng.random() < 0.8 and "ko" in languages.codes()
    organisation_id, (own, latin) = None, organisation_name(rng, country)
    if known.get(country) and rng.random() < 0.35:
        organisation_id, own, latin = rng.choice(known[country])
    if korean:
        families, givens = rng.choice(KOREAN_FAMILIES), rng.choice(KOREAN_GIVEN)
        family, given = (families[0], givens[0]) if in_korean else (families[1], givens[1])
        address = f"{givens[1]}.{families[1]}"
    else:
        given_names, family_names = SPLIT[COUNTRIES[country][2]]
        given, family = rng.choice(given_names), rng.choice(family_names)
        address = f"{given}.{family}"
    domain = f"{_plain(latin)}.example"
    language = "ko" if in_korean else languages.SOURCE
    pattern = COUNTRIES[country][3]
    return Sender(
        given_name=given,
        family_name=family,
        job_title=rng.choice(KOREAN_JOBS if in_korean else JOBS) if rng.random() < 0.8 else "",
        email=f"{_plain(address, '.')}@{domain}",
        telephone=pattern.format(_number(rng, pattern)) if pattern and rng.random() < 0.5 else "",
        organisation=own if in_korean or not korean else latin,
        website=f"https://www.{domain}/" if rng.random() < 0.6 else "",
        country=country,
        language=language,
        reply_language=language if rng.random() < 0.96 else languages.SOURCE,
        known_organisation=organisation_id,
    )


def _number(rng, pattern):
    digits = int(pattern[pattern.index(":0") + 2])
    return rng.randrange(10**digits)


def _plain(text, kept="-"):
    """Small Latin letters and digits, as an address has them."""
    letters = {"ø": "o", "å": "a", "ö": "o", "ü": "u", "è": "e", "é": "e", "É": "e", "í": "i", " ": "-"}
    text = "".join(letters.get(c, c) for c in text.lower())
    return "".join(c for c in text if c.isascii() and (c.isalnum() or c in "-."))
