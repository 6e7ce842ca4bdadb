"""The sectors that the form offers from the first day. Staff add to them and retire them in admin."""

from django.db import migrations

SECTORS = [
    ("health-life-sciences", "Health and life sciences", "보건·생명과학"),
    ("biomanufacturing-vaccines", "Biomanufacturing and vaccines", "바이오 제조·백신"),
    ("infection-control", "Infection control", "감염관리"),
    ("materials-chemistry", "Materials chemistry and chemicals", "재료화학·화학"),
    ("advanced-manufacturing", "Advanced manufacturing", "첨단 제조"),
    ("ai-digital", "Artificial intelligence and digital technology", "인공지능·디지털 기술"),
    ("immersive-creative", "Immersive and creative technology", "몰입형·창조 기술"),
    ("hydrogen-low-carbon", "Hydrogen and low-carbon energy", "수소·저탄소 에너지"),
    ("offshore-wind-marine", "Offshore wind and marine energy", "해상풍력·해양에너지"),
    ("carbon-capture", "Carbon capture and storage", "탄소포집·저장"),
    ("maritime-logistics", "Maritime, ports and logistics", "해양·항만·물류"),
    ("glass-foundation-industries", "Glass and foundation industries", "유리·기초소재 산업"),
    ("food-drink", "Food and drink", "식음료"),
    ("property-regeneration", "Property, construction and regeneration", "부동산·건설·도시재생"),
    ("finance-professional", "Financial and professional services", "금융·전문 서비스"),
    ("education-research", "Education and research", "교육·연구"),
    ("other", "Another sector", "기타"),
]


def load(apps, schema_editor):
    sectors = apps.get_model("enquiries", "Sector").objects.using(schema_editor.connection.alias)
    for position, (key, english, korean) in enumerate(SECTORS):
        names = {"name": english, "name_en": english, "name_ko": korean}
        sectors.get_or_create(key=key, defaults={"position": position, **names})


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
