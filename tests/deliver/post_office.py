"""A mail server for tests that drops lines, stalls and says no, by a plan that a seed decides. It counts what it took.

Before the end of a mail's data it may drop the line or answer 4xx. After it, it may take the mail and drop the line
before it answers: the one case in which nobody can tell.
"""

from __future__ import annotations

import asyncio
import random
import re
import threading
from collections import Counter

NUMBER = re.compile(rb"^Message-ID: <([^>]+)>", re.MULTILINE | re.IGNORECASE)


class Running:
    """A server in a thread of its own; `port` is known within `with`."""

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self.begin(), self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *error) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class PostOffice(Running):
    """Speaks just enough SMTP (RFC 5321). `taken`: Message-ID → how many times it was taken for good."""

    def __init__(self, seed: int = 0, faults: float = 0.0, refused: frozenset[str] = frozenset(),
                 login: str = "") -> None:
        self.random, self.faults, self.refused = random.Random(seed), faults, refused
        self.login = login
        """What has to stand behind AUTH, such as "PLAIN AGEAYg=="; "": nobody is asked."""
        self.taken: Counter[str] = Counter()
        self.cut = 0
        """Lines that broke between the end of the data and the answer."""
        self.data = b""
        self.answers: dict[str, str] = {}
        """What is said to a command, in place of yes."""

    async def begin(self):
        return await asyncio.start_server(self._talk, "127.0.0.1", 0)

    def fault(self) -> str:
        """What goes wrong at this step."""
        if self.random.random() >= self.faults:
            return ""
        return self.random.choice(("drop", "450 4.2.1 later", "421 4.3.2 busy", "slow"))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._say(writer, "220 post.example ESMTP")
            recipient = ""
            while line := await reader.readline():
                word, rest = line[:4].upper().strip(), line.decode().strip()
                fault = self.fault() if word in (b"MAIL", b"RCPT", b"DATA") else ""
                if fault == "slow":
                    await asyncio.sleep(0.002)
                elif fault == "drop":
                    return
                elif word.decode("ascii", "replace") in self.answers:
                    await self._say(writer, self.answers[word.decode()])
                    continue
                elif fault:
                    await self._say(writer, fault)
                    if fault.startswith("421"):
                        return
                    continue
                if word == b"EHLO":
                    offers = ("250-post.example", "250-SIZE 10000000", "250-AUTH PLAIN XOAUTH2", "250 SMTPUTF8")
                    await self._say(writer, "\r\n".join(offers))
                elif word == b"AUTH":
                    right = rest[5:] == self.login
                    if not right and "XOAUTH2" in rest:  # first it says why, and waits for an empty line
                        await self._say(writer, "334 e30=")
                        await reader.readline()
                    await self._say(writer, "235 2.7.0 ok" if right else "535 5.7.8 no")
                elif word == b"RCPT":
                    recipient = rest.partition("<")[2].partition(">")[0]
                    await self._say(writer, "550 5.1.1 unknown" if recipient in self.refused else "250 2.1.5 ok")
                elif word == b"DATA":
                    await self._say(writer, "354 go on")
                    if not await self._take(reader, writer):
                        return
                elif word == b"QUIT":
                    await self._say(writer, "221 bye")
                    return
                else:
                    await self._say(writer, "250 2.0.0 ok")
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        data = await reader.readuntil(b"\r\n.\r\n")
        fault = self.fault()
        if fault == "drop" and self.random.random() < 0.5:
            self.cut += 1
            return False  # gone, and not taken
        if fault[:1] == "4":
            await self._say(writer, fault)
            return not fault.startswith("421")
        self.data = data.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        self.taken[NUMBER.search(data)[1].decode()] += 1
        if fault == "drop":
            self.cut += 1
            return False  # taken, and nobody is told
        await self._say(writer, "250 2.0.0 taken")
        return True

    async def _say(self, writer: asyncio.StreamWriter, text: str) -> None:
        writer.write(text.encode() + b"\r\n")
        await writer.drain()
