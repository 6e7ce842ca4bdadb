"""How many enquiries a database holds; with `vacuum`, first as it would be after a quiet night."""

import json
import sys

from bench.ready import set_up


def main(vacuum):
    set_up()
    from django.db import connection

    from enquiries.models import Enquiry

    with connection.cursor() as cursor:
        if vacuum:
            cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT version()")
        (version,) = cursor.fetchone()
    print(json.dumps({"enquiries": Enquiry.objects.count(), "version": " ".join(version.split()[:2])}))


if __name__ == "__main__":
    main("vacuum" in sys.argv)
