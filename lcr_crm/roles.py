"""The groups that staff are put into: those of the fixture, and a translator's for every language but the source."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core import serializers
from django.utils.translation import get_language_info

from publishing import languages
from publishing.models.desk import translate_permission

ROLES = settings.BASE_DIR / "fixtures" / "roles.yaml"


def translators_of(code):
    """The name of a language's group of translators: translator (Korean)."""
    return f"translator ({get_language_info(code)['name']})"


def create_missing_roles():
    """Makes what is not there yet and leaves alone what is, whatever it has become; gives the names of the new groups.

    A permission that does not exist stops it.
    """
    there = set(Group.objects.values_list("name", flat=True))
    created = []
    for role in serializers.deserialize("yaml", ROLES.read_text(encoding="utf-8")):
        if role.object.name not in there:
            role.save()
            created.append(role.object.name)
    for code in languages.translations():
        if translators_of(code) not in there:
            create_translators(code)
            created.append(translators_of(code))
    return created


def add_new_permissions():
    """Gives the roles that are there what the fixture lists and they lack, and takes nothing away: for an installation
    that was made before a new version brought new pages. Gives the names of those that changed."""
    changed = []
    for role in serializers.deserialize("yaml", ROLES.read_text(encoding="utf-8")):
        group = Group.objects.filter(name=role.object.name).first()
        listed = role.m2m_data["permissions"]
        lacking = set(listed) - set(group.permissions.values_list("pk", flat=True)) if group else set()
        if lacking:
            group.permissions.add(*lacking)
            changed.append(group.name)
    return changed


def create_translators(code):
    """They have the desk of their language and nothing else."""
    permission = Permission.objects.get(
        content_type__app_label="publishing", codename=translate_permission(code)
    )
    Group.objects.create(name=translators_of(code)).permissions.add(permission)
