"""Who works on the sample: officers who cannot sign in, teams by theme, and the organisations in our records. Each is
marked as sample in its user name, name or key."""

from django.contrib.auth.models import Group

from accounts.models import Team, User
from enquiries.sample.senders import COUNTRIES, organisation_name
from partners.models import Organisation

MARK = "sample-"
OFFICERS = [
    *(
        ("Harriet", "Lowther"),
        ("Owen", "Pryde"),
        ("Ji-won", "Baek"),
        ("Priya", "Sethna"),
        ("Callum", "Reddish"),
    ),
    *(("Nora", "Fazackerley"), ("Tomos", "Gethin"), ("Ingrid", "Solway")),
]
# Topics of each team.
TEAMS = {
    "Sample: health and life sciences": ("vaccines", "diagnostics", "life", "food"),
    "Sample: net zero and maritime": ("hydrogen", "wind", "carbon", "maritime"),
    "Sample: materials and digital": ("materials", "ai", "immersive", "advanced", "glass"),
}
ORGANISATIONS = 240


def officers():
    """Ids of the sample's officers, who are made where they are not there yet."""
    role = Group.objects.filter(name="officer").first()
    for number, (given, family) in enumerate(OFFICERS, 1):
        username = f"{MARK}officer-{number}"
        if User.objects.filter(username=username).exists():
            continue
        user = User(username=username, first_name=given, last_name=f"{family} (sample)", is_staff=True)
        user.email = f"{username}@officers.example"
        user.set_unusable_password()
        user.save()
        if role:
            user.groups.add(role)
    return list(User.objects.filter(username__startswith=MARK).order_by("pk").values_list("pk", flat=True))


def teams(officer_ids):
    """{topic: id of the team that has it}."""
    found = {}
    for place, (name, topics) in enumerate(TEAMS.items()):
        team, made = Team.objects.get_or_create(name=name)
        if made:
            team.members.set(officer_ids[place :: len(TEAMS)])
        found |= dict.fromkeys(topics, team.pk)
    return found


def organisations(rng):
    """{country: [(id, name as its people write it, name in Latin letters)]}."""
    countries = list(COUNTRIES)
    for number in range(Organisation.objects.filter(key__startswith=MARK).count(), ORGANISATIONS):
        country = "KR" if rng.random() < 0.4 else rng.choice(countries)
        own, latin = organisation_name(rng, country)
        names = {"name_en": latin if country == "KR" else own, "name_ko": own if country == "KR" else ""}
        Organisation.objects.create(
            key=f"{MARK}{number + 1:03d}", kind="company", country=country, source_note="Sample", **names
        )
    found = {}
    for row in Organisation.objects.filter(key__startswith=MARK).order_by("key"):
        own = row.name_ko if row.country == "KR" and row.name_ko else row.name_en
        found.setdefault(row.country, []).append((row.pk, own, row.name_en))
    return found
