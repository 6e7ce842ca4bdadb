#!/usr/bin/env python
"""Django's command line. Starts the embedded database first where no DATABASE_URL is set."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lcr_crm.settings")
    from django.core.management import execute_from_command_line

    from lcr_crm import postgres

    try:
        postgres.start_if_embedded()
    except postgres.PostgresError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
