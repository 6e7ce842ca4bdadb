"""Reads settings from the environment and fails loudly, with a hint, on a value that cannot be meant."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name, default=""):
    return os.environ.get(name, default).strip()


def flag(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Set it to 1 or 0, or leave it out.")


def number(name, default):
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number. Example: {name}={default}.")
    return int(value)


def listing(name, default=""):
    """A list written with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret_key(var_dir: Path):
    """SECRET_KEY when set; otherwise one made at the first start and kept in the data folder, readable by its owner."""
    given = text("SECRET_KEY")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured(
                "SECRET_KEY is shorter than 50 characters. Make one with: "
                "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        return given
    path = var_dir / "secret_key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret_key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            os.link(fresh, path)  # the first of two processes that start together wins
        except FileExistsError:
            pass
        fresh.unlink()
    return path.read_text().strip()
