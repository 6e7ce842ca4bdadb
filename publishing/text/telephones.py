"""The one way in which a telephone number is stored, so that two that ring the same telephone are the same text."""

import phonenumbers


def international(number, country=""):
    """+82 51 123 4567: digits and blanks only. A number without + is read as one of that country. Raises ValueError
    for what cannot be a number."""
    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException as error:
        raise ValueError("Not a telephone number.") from error
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("Not a telephone number.")
    parsed.extension = None
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return " ".join("".join(c if c.isdigit() or c == "+" else " " for c in written).split())
