"""A mail server on this machine that accepts everything and remembers what it has accepted."""

import asyncio
import threading
from dataclasses import dataclass
from email.parser import BytesHeaderParser

LONGEST_LINE = 1024 * 1024


@dataclass(frozen=True)
class Accepted:
    message_id: str
    to: str


class MailServer:
    """Runs in a thread of its own between `with` and its end; `accepted` grows by one for each mail taken."""

    def __init__(self):
        self.accepted = []

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_LINE)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exception):
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self):
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader, writer):
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever was sending has been killed
        finally:
            writer.close()

    async def _converse(self, reader, writer):
        writer.write(b"220 127.0.0.1 ready\r\n")
        while line := await reader.readline():
            verb = line.strip().upper()
            if verb.startswith(b"DATA"):
                writer.write(b"354 go on\r\n")
                self._accept(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 accepted\r\n")
            elif verb.startswith(b"QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 yes\r\n")
            await writer.drain()

    def _accept(self, content):
        headers = BytesHeaderParser().parsebytes(content)
        self.accepted.append(Accepted(headers["Message-ID"].strip(), headers["To"].strip()))
