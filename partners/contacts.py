"""Finding whom we know by what they write, call and call themselves. Private: no public code imports this.

A name is compared by its key, a normal form that the database reckons and indexes (partners/migrations/0004): case,
blanks and marks aside, the family name first or last, and of an organisation its legal form aside too.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower

from partners.models import Appointment, ContactPoint, Organisation, Person
from publishing import languages
from publishing.models.publishable import column
from publishing.text.normal_form import normal_line
from publishing.text.telephones import international

# Providers whose addresses say nothing of where somebody works.
FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk msn.com yahoo.com "
    "yahoo.co.uk yahoo.co.jp yahoo.co.kr icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net web.de "
    "mail.com proton.me protonmail.com btinternet.com naver.com daum.net hanmail.net kakao.com nate.com "
    "hanafos.com empas.com dreamwiz.com korea.com lycos.co.kr qq.com 163.com 126.com sina.com foxmail.com "
    "yandex.com mail.ru".split()
)


class PersonKey(Func):
    function, output_field = "partners_person_key", TextField()


class OrganisationKey(Func):
    function, output_field = "partners_organisation_key", TextField()


class Domain(Func):
    """What stands behind the @ of a contact point that is an e-mail address."""

    template = "split_part(lower(%(expressions)s), '@', 2)"
    output_field = TextField()


def normal_email(value):
    """As typed, with the domain in lower case. Raises ValidationError for what no mail can be sent to."""
    value = normal_line(value)
    validate_email(value)
    name, _, domain = value.rpartition("@")
    return f"{name}@{domain.lower()}"


def normal_value(kind, value, country=""):
    """A contact point as it is stored, by its kind."""
    if kind == ContactPoint.Kind.EMAIL:
        try:
            return normal_email(value)
        except ValidationError as error:
            raise ValidationError("Enter an e-mail address, such as name@company.kr") from error
    if kind == ContactPoint.Kind.TELEPHONE:
        try:
            return international(value, country)
        except ValueError as error:
            raise ValidationError(
                "Enter the number with its country code, such as +82 51 123 4567"
            ) from error
    return value.strip()


def own_domain(email):
    """The domain of an address where it tells the organisation; "" of a free provider."""
    domain = email.rpartition("@")[2].lower()
    return "" if domain in FREE_MAIL else domain


def points_of(*, email="", telephone=""):
    """Contact points in use with that address or number, of people in use."""
    condition = Q(pk__in=[])
    if email:
        condition |= Q(kind=ContactPoint.Kind.EMAIL, lowered=email.lower())
    if telephone:
        condition |= Q(kind=ContactPoint.Kind.TELEPHONE, lowered=telephone.lower())
    return (
        ContactPoint.objects.in_use()
        .annotate(lowered=Lower("value"))
        .filter(condition, person__archived_at__isnull=True)
        .select_related("person")
    )


def people_named(family_name, given_name):
    """People in use of that name in either script, whichever of its two parts comes first."""
    if not any(letter.isalnum() for letter in f"{family_name}{given_name}"):
        return Person.objects.none()
    keys = [
        PersonKey(Value(first), Value(second))
        for first, second in ((family_name, given_name), (given_name, family_name))
    ]
    return Person.objects.annotate(
        latin_key=PersonKey(F("latin_family"), F("latin_given")),
        hangul_key=PersonKey(F("hangul_family"), F("hangul_given")),
    ).filter(Q(latin_key__in=keys) | Q(hangul_key__in=keys), archived_at__isnull=True)


def organisations_named(name):
    """Organisations in use of that name in any language."""
    if not any(letter.isalnum() for letter in name):
        return Organisation.objects.none()
    found, condition = Organisation.objects.all(), Q()
    for code in languages.codes():
        alias = f"key_{code.replace('-', '_')}"
        found = found.alias(**{alias: OrganisationKey(F(column("name", code)))})
        condition |= Q(**{alias: OrganisationKey(Value(name))})
    return found.filter(condition, archived_at__isnull=True)


def posts_at_domain(domain):
    """Appointments of people who have an address there: where such an address is from."""
    points = (
        ContactPoint.objects.in_use()
        .alias(domain=Domain(F("value")))
        .filter(kind=ContactPoint.Kind.EMAIL, domain=domain)
    )
    return Appointment.objects.filter(
        person__in=points.values("person"), organisation__archived_at__isnull=True
    ).select_related("organisation")


def add_point(person, kind, value, *, source, language=""):
    """A way to reach a person, unless we have it already; one that was retired works again. Returns the row and
    whether it is new."""
    there = person.contact_points.annotate(lowered=Lower("value")).filter(kind=kind, lowered=value.lower())
    if point := there.first():
        if point.retired_at:
            point.retired_at = None
            point.save(update_fields=["retired_at"])
        return point, False
    return person.contact_points.create(kind=kind, value=value, source=source, language=language), True
