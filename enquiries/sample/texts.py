"""What they write: plans put together from many parts, so that words differ, some frequent and some rare."""

from publishing import languages

# Topic: sector of the form, theme of the opportunities, what it is called in each language.
TOPICS = {
    "vaccines": (
        "biomanufacturing-vaccines",
        "infection-control",
        "vaccine filling and finishing",
        "백신 충전·포장",
    ),
    "diagnostics": ("infection-control", "infection-control", "rapid diagnostics", "신속 진단 기기"),
    "life": (
        "health-life-sciences",
        "infection-control",
        "clinical trials and cell therapy",
        "임상시험과 세포치료제",
    ),
    "materials": (
        "materials-chemistry",
        "materials-chemistry",
        "specialty polymers and coatings",
        "특수 고분자와 코팅재",
    ),
    "hydrogen": ("hydrogen-low-carbon", "net-zero-maritime", "green hydrogen supply", "그린수소 공급"),
    "wind": ("offshore-wind-marine", "net-zero-maritime", "offshore wind components", "해상풍력 부품"),
    "carbon": ("carbon-capture", "net-zero-maritime", "carbon capture and storage", "탄소 포집과 저장"),
    "maritime": (
        "maritime-logistics",
        "net-zero-maritime",
        "port logistics and cold chain",
        "항만 물류와 저온 유통",
    ),
    "ai": ("ai-digital", "ai-emerging-tech", "machine learning for manufacturing", "제조 분야 인공지능"),
    "immersive": ("immersive-creative", "ai-emerging-tech", "immersive film and games", "실감형 영상과 게임"),
    "advanced": ("advanced-manufacturing", "materials-chemistry", "precision machining", "정밀 가공"),
    "glass": ("glass-foundation-industries", "materials-chemistry", "low-carbon glass", "저탄소 유리"),
    "food": ("food-drink", "net-zero-maritime", "chilled food production", "냉장 식품 생산"),
}
NAMES_OF_TOPICS = list(TOPICS)

# Each rare term stands in about one row of a thousand.
RARE = {
    "en": (
        "lyophilisation|solketal|perovskite|photolithography|chromatography resin|ammonia cracking|bioreactor liners|"
        "hyperspectral imaging|lignin|quantum magnetometers|radiopharmaceuticals|sintered ceramics|thermoplastic tape|"
        "ultracapacitors|vitrification|wavefront sensors|xenon plasma|yeast expression|zeolites|bacteriophage|"
        "graphene foil|hydroforming|isotope enrichment|jacket foundations|kelp farming|metrology rooms"
    ).split("|"),
    "ko": (
        "동결건조|페로브스카이트|암모니아 분해|초분광 영상|양자 자력계|방사성 의약품|소결 세라믹|초고용량 축전기|"
        "유리화 공정|효모 발현|제올라이트|박테리오파지|그래핀 박막|동위원소 농축|재킷 하부구조|해조류 양식|리그닌|"
        "열가소성 테이프|크로마토그래피|광식각|생물반응기|계측실|파면 감지기|수소취성 시험|극저온 밸브|이온교환막"
    ).split("|"),
}
PARTS = {
    "en": {
        "opening": [
            "We plan our first site in the United Kingdom and work in {topic}.",
            "Our board has asked us to compare three regions for {topic}.",
            "We met your colleagues at a trade fair and would like to follow up on {topic}.",
            "After a year of exports we want to make things closer to our customers: {topic}.",
            "I write on behalf of an investor who looks for partners in {topic}.",
            "We are a family firm with {jobs} people and a good record in {topic}.",
            "Your page about the region mentions {topic}, which is exactly our line of work.",
            "A customer of ours has moved to the North West and we may follow, with {topic}.",
        ],
        "need": [
            "We need about {area} square metres and {power} MW of electricity.",
            "The first phase takes {area} square metres; a second could double it.",
            "Is there a unit of {area} square metres with crane access?",
            "We would create {jobs} jobs over {years} years.",
            "A clean room of {area} square metres would be enough to begin with.",
            "Grid connection of {power} MW by {month} is the deciding point for us.",
            "We would bring {jobs} people, half of them engineers hired locally.",
            "Land beside deep water matters more to us than its price; {area} square metres at least.",
        ],
        "question": [
            "Which grants could we apply for, and how long does that take?",
            "Could you send us a list of available sites and their rents?",
            "Who at the universities works on this, and would they meet us?",
            "What does planning permission ask for in such a case?",
            "Are there training programmes for technicians?",
            "Could we visit in {month} and see two or three places?",
            "What are the customs rules inside the freeport?",
            "Please tell us how wages compare with other regions.",
        ],
        "rare": [
            "Our special field is {rare}.",
            "We also need somebody who knows {rare}.",
            "Do you have suppliers for {rare}?",
        ],
        "closing": [
            "We decide before the end of {month}.",
            "A short call would help us.",
            "Please treat this as confidential for now.",
            "Thank you for your time.",
            "Our annual report is on our website.",
            "We are talking to two other regions as well.",
        ],
    },
    "ko": {
        "opening": [
            "저희는 {topic} 분야의 기업으로 영국 내 첫 사업장을 검토하고 있습니다.",
            "이사회에서 {topic} 사업을 위해 세 지역을 비교하기로 결정하였습니다.",
            "지난 전시회에서 뵌 뒤 {topic} 관련 협력을 이어 가고자 연락드립니다.",
            "수출 일 년 만에 고객 가까이에서 생산할 필요가 생겼습니다. 분야는 {topic}입니다.",
            "{topic} 분야의 협력사를 찾는 투자자를 대신하여 문의드립니다.",
            "저희는 직원 {jobs}명의 중견기업이며 {topic}에서 좋은 성과를 내고 있습니다.",
            "홈페이지에서 {topic} 내용을 보았으며 저희 사업과 정확히 맞습니다.",
            "고객사가 리버풀도시권으로 이전하여 저희도 {topic} 거점을 고려하고 있습니다.",
        ],
        "need": [
            "약 {area}제곱미터의 부지와 {power}메가와트의 전력이 필요합니다.",
            "1단계에는 {area}제곱미터가 필요하며 2단계에서 두 배로 늘릴 수 있습니다.",
            "크레인을 쓸 수 있는 {area}제곱미터 규모의 공장이 있습니까?",
            "{years}년 동안 {jobs}명을 고용할 계획입니다.",
            "처음에는 {area}제곱미터의 청정실이면 충분합니다.",
            "{month}월까지 {power}메가와트 전력 연결이 가능한지가 가장 중요합니다.",
            "인력 {jobs}명 중 절반은 현지 기술자로 채용하고자 합니다.",
            "가격보다 심수 부두와의 거리가 중요하며 최소 {area}제곱미터가 필요합니다.",
        ],
        "question": [
            "신청할 수 있는 보조금과 소요 기간을 알려 주시면 감사하겠습니다.",
            "이용할 수 있는 부지와 임대료 목록을 보내 주실 수 있습니까?",
            "이 분야를 연구하는 대학 연구진과 만날 수 있는지 궁금합니다.",
            "이 경우 인허가에는 어떤 서류가 필요합니까?",
            "기술 인력 양성 과정이 있는지 알고 싶습니다.",
            "{month}월에 방문하여 두세 곳을 둘러볼 수 있습니까?",
            "자유무역항 안에서의 관세 규정을 안내해 주시기 바랍니다.",
            "다른 지역과 비교한 임금 수준을 알려 주십시오.",
        ],
        "rare": [
            "저희의 전문 분야는 {rare}입니다.",
            "{rare} 전문가도 필요합니다.",
            "{rare} 관련 공급 업체가 있습니까?",
        ],
        "closing": [
            "{month}월 말까지 결정할 예정입니다.",
            "짧은 통화로 설명을 들을 수 있으면 좋겠습니다.",
            "당분간 비공개로 다루어 주시기 바랍니다.",
            "검토해 주셔서 감사합니다.",
            "회사 소개서는 홈페이지에 있습니다.",
            "다른 두 지역과도 협의하고 있습니다.",
        ],
    },
}
MONTHS = "January February March April May June July August September October November December".split()
SUBJECTS = {
    "en": ["Your enquiry about {topic}", "Sites and support for {topic}", "Next steps: {topic}"],
    "ko": ["{topic} 문의에 대한 답변", "{topic} 관련 부지와 지원 안내", "다음 단계 안내: {topic}"],
}


def _written_in(language):
    return language if language in PARTS else languages.SOURCE


def topic_name(topic, language):
    """What the topic is called, in that language where there is a name, otherwise in English."""
    return TOPICS[topic][3] if _written_in(language) == "ko" else TOPICS[topic][2]


def plans(rng, topic, language):
    """Three to six sentences, sometimes in two paragraphs."""
    language = _written_in(language)
    parts = PARTS[language]
    chosen = [rng.choice(parts["opening"]), rng.choice(parts["need"])]
    for kind, share in (("rare", 0.026), ("question", 0.85), ("question", 0.25), ("closing", 0.5)):
        if rng.random() < share:
            chosen.append(rng.choice(parts[kind]))
    gap = "\n\n" if len(chosen) > 4 else " "
    text = f"{' '.join(chosen[:3])}{gap}{' '.join(chosen[3:])}".strip()
    month = rng.randrange(12)
    return text.format(
        topic=topic_name(topic, language),
        rare=rng.choice(RARE[language]),
        area=f"{rng.choice((400, 850, 1200, 2500, 4000, 7500, 12000, 30000)):,}",
        power=rng.choice((1, 2, 5, 8, 12, 20, 40)),
        jobs=rng.choice((8, 15, 25, 40, 60, 90, 140, 220)),
        years=rng.choice((2, 3, 5)),
        month=month + 1 if language == "ko" else MONTHS[month],
    )


def subject(rng, topic, language):
    """Of a mail to them."""
    language = _written_in(language)
    return rng.choice(SUBJECTS[language]).format(topic=topic_name(topic, language))
