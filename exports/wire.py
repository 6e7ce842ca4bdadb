"""COPY read from the connection row by row, at the pace of the reader.

psycopg's own reading goes through a generator and a wait for every row, which costs more than the row itself: half a
million of them took three times as long.
"""

import select
from contextlib import closing

from psycopg import errors
from psycopg.pq import ExecStatus


def rows(connection, statement):
    """The lines of COPY … TO STDOUT as bytes, without their line ends. One message is one row. The connection is in a
    transaction, and is good for further use whether this is read to its end, left early, or fails."""
    wire = connection.pgconn
    _demand(wire.exec_(statement.encode()), ExecStatus.COPY_OUT)
    with closing(_messages(wire)) as messages:
        yield from messages


def _messages(wire):
    ended = False
    try:
        while True:
            size, row = wire.get_copy_data(1)
            if size > 0:
                yield bytes(row[:-1])
            elif size == 0:  # nothing has come yet
                select.select([wire.socket], [], [])
                wire.consume_input()
            else:
                ended = True
                break
        _finish(wire)
    finally:
        if not ended:
            _cancel(wire)


def _cancel(wire):
    """Tell the server to stop, and read away what was under way."""
    wire.get_cancel().cancel()
    while wire.get_copy_data(0)[0] > 0:
        pass
    while wire.get_result() is not None:
        pass


def _finish(wire):
    """What the server says at the end: that it was all, or what broke."""
    results = []
    while (result := wire.get_result()) is not None:
        results.append(result)
    for result in results:
        _demand(result, ExecStatus.COMMAND_OK)


def _demand(result, status):
    if result.status != status:
        raise errors.error_from_result(result)
