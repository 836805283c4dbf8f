"""Two replicas on this machine behind nginx with the configuration that hosts use."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Final

import psutil
import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.i18n import LANGUAGES
from geodata.model import Subject
from tests.browser.dashboard_page import DashboardPage
from tests.browser.get_nginx import find_nginx
from tests.browser.servers import ROOT, Server, free_port, started_server

CONFIGURATION: Final = ROOT / "dashboard/hosting/nginx.conf"
REPLICAS: Final = ("172.30.8.11:8501", "172.30.8.12:8501")
LISTEN: Final = "listen 8080;"
INSIDE: Final = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
"""As in the container: listening for both families of addresses, a server does not know nginx by its address."""


def configured(port: int, replicas: Sequence[int]) -> str:
    """Return the configuration for this machine: the replicas' ports and nginx's own, and nothing else changed."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    assert text.count(LISTEN) == 1
    text = text.replace(LISTEN, f"listen 127.0.0.1:{port};")
    for address, replica in zip(REPLICAS, replicas, strict=True):
        assert text.count(f"server {address} ") == 2
        text = text.replace(f"server {address} ", f"server 127.0.0.1:{replica} ")
    return text


@dataclass(frozen=True)
class Front:
    """An nginx that runs: where it answers, and what it notes about each answer."""

    address: str
    notes: "Queue[str]"

    def note_of(self, path: str) -> str:
        """Wait for the note about a request for that path, and return it."""
        while True:
            note = self.notes.get(timeout=30)
            if f' {path}"' in note:
                return note

    def answered_by(self, path: str) -> str:
        """Wait for the note about a request, and return the address of who answered; - is nginx itself."""
        return self.note_of(path).split()[-1]


@contextmanager
def nginx(folder: Path, replicas: Sequence[int]) -> Iterator[Front]:
    """Yield an nginx before the replicas at these ports; the test is skipped where there is no nginx."""
    program = find_nginx()
    if program is None:
        pytest.skip("no nginx on this machine; make test gets one where it can")
    port = free_port()
    (folder / "run").mkdir()
    configuration = folder / "nginx.conf"
    configuration.write_text(configured(port, replicas), encoding="utf-8")
    # Root's workers would become nobody, who may not write here; in its container, nginx is no root at all.
    directives = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
    command = [str(program), "-p", f"{folder}/", "-c", str(configuration), "-g", directives]
    subprocess.run([*command, "-t"], check=True, capture_output=True)  # noqa: S603  fixed words
    with subprocess.Popen(  # noqa: S603  fixed words
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        front = Front(f"http://127.0.0.1:{port}", Queue())
        reader = Thread(target=_note, args=(process, front.notes), daemon=True)
        reader.start()
        try:
            _wait_until_it_listens(process, port)
            yield front
        finally:
            process.terminate()
            process.wait()
            reader.join()


def _wait_until_it_listens(process: subprocess.Popen[str], port: int) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            continue
        return
    raise AssertionError(f"nginx ended with code {process.returncode}")


def _note(process: subprocess.Popen[str], notes: "Queue[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        notes.put(line)


@dataclass
class Replicas:
    """Two replicas and the nginx before them."""

    front: Front
    ports: tuple[int, ...]
    servers: list[Server]
    environment: Mapping[str, str]
    _stack: ExitStack = field(default_factory=ExitStack)

    def serving(self) -> int:
        """Return which replica has the one open page: nginx keeps a connection with it, and with no other."""
        connected = [place for place, server in enumerate(self.servers) if _connections(server)]
        assert len(connected) == 1, f"connections with replicas {connected}"
        return connected[0]

    def kill(self, place: int) -> None:
        """End a replica as a power cut would."""
        self.servers[place].process.kill()
        self.servers[place].process.wait()

    def restart(self) -> None:
        """Start the replica that was killed, at its port, and wait until it answers."""
        for place, server in enumerate(self.servers):
            if server.process.poll() is not None:
                self.servers[place] = self._stack.enter_context(
                    started_server(port=self.ports[place], environment=self.environment)
                )


def _connections(server: Server) -> int:
    if server.process.poll() is not None:
        return 0
    port = int(server.address.rpartition(":")[2])
    return sum(
        connection.laddr.port == port and connection.status == psutil.CONN_ESTABLISHED
        for connection in psutil.Process(server.process.pid).net_connections("tcp")
    )


@contextmanager
def two_replicas(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Replicas]:
    """Yield two replicas that answer, and the nginx before them."""
    ports = (free_port(), free_port())
    environment = {**INSIDE, **(environment or {})}
    with ExitStack() as stack, nginx(folder, ports) as front:
        with ThreadPoolExecutor() as pool:
            starting = [
                pool.submit(stack.enter_context, started_server(port=port, environment=environment)) for port in ports
            ]
            servers = [each.result() for each in starting]
        yield Replicas(front, ports, servers, environment, stack)


def survive_a_kill(page: DashboardPage, replicas: Replicas, subject: Subject, *, click_at_once: bool) -> float:
    """Kill the replica that has the page, then choose the subject; return how long it took, in seconds.

    The time ends when the other replica has drawn the page, or, where the reader clicks at once, when it has
    answered the click. Nothing of what the reader saw may be lost, and the first click must count.
    """
    heading, parameters = page.heading.inner_text(), page.parameters
    page.ask_map("() => { map.getContainer().dataset.kept = 'yes'; map.setView([40.5, 44], 6, {animate: false}) }")
    view = page.map_view()
    place = replicas.serving()
    drawn = _runs_from_now(page)
    began = time.monotonic()
    replicas.kill(place)
    if click_at_once:
        _choose(page, subject)
        _expect(page, subject, parameters)
        took = time.monotonic() - began
    else:
        while not drawn:
            page.page.evaluate(
                "() => new Promise(requestAnimationFrame)"
            )  # meanwhile, the websocket's frames are noted
        took = drawn[0] - began
        assert (page.heading.inner_text(), page.parameters) == (heading, parameters)
        _choose(page, subject)
        _expect(page, subject, parameters)
    assert page.map_view() == view
    assert page.ask_map("() => map.getContainer().dataset.kept") == "yes"
    assert replicas.serving() != place
    return took


def _runs_from_now(page: DashboardPage) -> list[float]:
    """Return a list that gets the time of each run that the page has drawn over a new websocket."""
    ends: list[float] = []

    def note(frame: bytes | str) -> None:
        if isinstance(frame, bytes) and ForwardMsg.FromString(frame).HasField("script_finished"):
            ends.append(time.monotonic())

    page.page.on("websocket", lambda socket: socket.on("framereceived", note))
    return ends


def _choose(page: DashboardPage, subject: Subject) -> None:
    page.page.locator(f".cc-contents a[href*='focus={subject.id}&']").first.click()


def _expect(page: DashboardPage, subject: Subject, before: Mapping[str, str]) -> None:
    """Wait until panel, link and map tell of the subject; the rest of the link is as it was."""
    name = LANGUAGES[before["lang"]].say_content(subject.id, "name", subject.name)
    expect(page.heading).to_have_text(name, timeout=30_000)
    page.expect_focus(subject.id)
    assert page.parameters == {**before, "focus": subject.id}
    page.expect_marked(*subject.lines)
