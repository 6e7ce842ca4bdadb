"""Reads of public pages: what is written down of them, and that each is counted once."""

import logging
from datetime import date

import pytest
from django.db import connection

from lcr_crm import web_log
from reports import access_log
from reports.models import PageCount
from reports.page_reads import ASIDE, count_reads

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def request(path="/en/", **more):
    """A request as the web server hands it to its log."""
    given = {"method": "GET", "status": 200, "path": path, "query_string": ""}
    given |= {"_h0": "-", "_h1": "invest.example.org", "_h2": FIREFOX, "_h3": "-", "_h4": "-"}
    return given | more


def written(given, created=1_790_000_000.0):
    """The line that is written of a request; None where none is."""
    record = logging.LogRecord("granian.access", logging.INFO, "", 0, access_log.FORMAT, (given,), None)
    record.created = created
    return record.getMessage() if access_log.ReadsOfPages().filter(record) else None


def counts():
    return {(c.day, c.path, c.language, c.referrer, c.campaign): c.reads for c in PageCount.objects.all()}


@pytest.fixture
def log(tmp_path):
    return tmp_path / "reads.log"


def test_a_read_is_written_down_without_its_reader():
    line = written(
        request(
            "/ko/opportunities/",
            query_string="q=secret&utm_campaign=expo",
            _h0="https://news.example.kr/a?reader=7",
        )
    )
    assert line.split("\t")[1:] == ["/ko/opportunities/", "expo", "news.example.kr"]
    assert "secret" not in line and "reader" not in line and "Firefox" not in line


@pytest.mark.parametrize(
    "given",
    [
        request(_h2=GOOGLE),
        request(_h2="-"),
        request(_h2="curl/8.5.0"),
        request(method="POST"),
        request(method="HEAD"),
        request(status=404),
        request(status=302),
        request("/admin/"),
        request("/healthz"),
        request("/static/base.css"),
        request("/en/enquire/thanks/eyJ0b2tlbiI6/"),
        request("/en/preview/eyJ0b2tlbiI6/"),
        request("/ko/news/feed/"),
        request("/en/events/summit.ics"),
        request("/en/" + "x" * 400 + "/"),
        request(_h4="prefetch;prerender"),
    ],
)
def test_what_no_person_read_is_not_written_down(given):
    assert written(given) is None


def test_our_own_pages_are_no_referrer():
    assert written(request(_h0="https://invest.example.org/en/themes/")).endswith("\t\t")


def test_a_referrer_that_is_no_address_does_no_harm():
    assert written(request(_h0="http://[::1")).endswith("\t\t")


def test_a_campaign_cannot_break_the_line():
    assert written(request(query_string="utm_campaign=a%09b%0Ac")).split("\t")[2] == "a b c"


@pytest.mark.django_db
def test_reads_are_counted_by_page_language_host_campaign_and_london_day(log):
    midnight = 1_784_847_600  # 23:00 UTC on 23 July 2026: London's 24 July has begun
    lines = [
        written(request("/ko/themes/infection-control/", _h0="https://naver.com/x"), midnight),
        written(request("/ko/themes/infection-control/", _h0="https://naver.com/y"), midnight + 1),
        written(request("/en/", query_string="utm_campaign=expo"), midnight - 1),
    ]
    log.write_text("\n".join(lines) + "\n")
    assert count_reads(log) == 3
    assert counts() == {
        (date(2026, 7, 24), "/themes/infection-control/", "ko", "naver.com", ""): 2,
        (date(2026, 7, 23), "/", "en", "", "expo"): 1,
    }


@pytest.mark.django_db
def test_no_line_is_counted_twice_and_a_half_line_waits(log):
    line = written(request())
    log.write_text(line + "\n" + line[:20])
    assert (count_reads(log), count_reads(log)) == (1, 0)
    with log.open("a") as file:
        file.write(line[20:] + "\n")
    assert (count_reads(log), count_reads(log)) == (1, 0)
    assert sum(counts().values()) == 2


@pytest.mark.django_db
def test_a_language_that_is_not_ours_and_lines_of_rubbish_are_passed_over(log):
    rubbish = ["", "\t\t\t", "yesterday\t/en/\t\t", "\x00\ufffd", written(request("/fr/"))]
    log.write_bytes("\n".join([*rubbish, written(request())]).encode() + b"\n\xff\xfe\n")
    assert count_reads(log) == 1


@pytest.mark.django_db
def test_a_log_that_was_put_aside_is_counted_to_its_end(log, monkeypatch):
    monkeypatch.setattr("reports.page_reads.LONG", 10)
    log.write_text(written(request()) + "\n")
    assert count_reads(log) == 1 and not log.exists()
    aside = log.with_name(log.name + ASIDE)
    with aside.open("a") as file:  # a worker of the web server still had it open
        file.write(written(request("/en/themes/x/")) + "\n")
    log.write_text(written(request(), created=1_790_000_001.0) + "\n")
    assert count_reads(log) == 2 and sum(counts().values()) == 3


@pytest.mark.django_db(transaction=True)
def test_counts_and_position_are_kept_together_or_not_at_all(log):
    log.write_text((written(request()) + "\n") * 3)
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE reports_logposition ADD CONSTRAINT full_disk CHECK ("offset" = 0)')
    try:
        with pytest.raises(Exception, match="full_disk"):
            count_reads(log)
        assert not PageCount.objects.exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reports_logposition DROP CONSTRAINT full_disk")
    assert count_reads(log) == 3


def test_the_web_server_writes_reads_to_their_own_file_and_nothing_else(tmp_path):
    log = tmp_path / "log" / "reads.log"
    arguments = web_log.arguments(tmp_path, log)
    assert access_log.FORMAT in arguments and log.parent.is_dir()
    handlers = web_log.configuration(log)["loggers"]["granian.access"]["handlers"]
    assert handlers == ["reads"]
