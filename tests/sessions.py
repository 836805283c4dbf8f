"""A reader's tab without a browser: what it says to the server over its websocket, and what it hears.

One tab is one websocket. It sends binary ``BackMsg`` messages and receives ``ForwardMsg``
messages, of which the elements build up the page as a browser would show it.
"""

import asyncio
import json
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import parse_qs, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.Exception_pb2 import Exception as Failure
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

T = TypeVar("T")
PATIENCE: Final = 30.0
"""Seconds to wait for an answer before a test has failed."""
SPOKEN: Final = Subprotocol("streamlit")
KEPT_RUNS: Final = 2
"""A browser keeps a large message for so many runs, and the server then only names it."""
PANEL: Final = "panel"
"""The component that draws the parts of the panel."""
TRIGGER_OF: Final = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""Under this name a component reports what happened in it once, such as a choice."""


def run(visit: Coroutine[Any, Any, T]) -> T:
    """Return what comes of a visit; in a thread of its own, for a browser's tests keep a loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asyncio.run, visit).result()


@dataclass(frozen=True)
class Answer:
    """What one run of the page sent."""

    messages: int
    size: int
    """Bytes of the messages, before they are compressed."""


@dataclass
class Session:
    """A reader's tab: its connection, and the page as it stands."""

    socket: ClientConnection
    address: str
    query: str = ""
    """What stands in the address bar, without the question mark."""
    locale: str = "en-GB"
    timezone: str = "UTC"
    elements: dict[tuple[int, ...], Element] = field(default_factory=dict)
    """What is drawn, by its place in the page."""
    size: int = 0
    """Bytes of the messages received, before they are compressed."""
    _fragments: dict[tuple[int, ...], str] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _kept: dict[str, tuple[int, ForwardMsg]] = field(default_factory=dict)
    _page: str = ""
    _runs: int = 0

    @classmethod
    async def open(
        cls,
        address: str,
        query: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        origin: str | None = None,
        locale: str = "en-GB",
        timezone: str = "UTC",
        compression: str | None = None,
        patience: float = PATIENCE,
    ) -> Self:
        """Return a tab of a server's page, connected; the page has not run yet.

        The address is the page's, with its base path; the origin is the address's own unless another is named.
        A browser's compression is "deflate".
        """
        parts = urlsplit(address)
        socket = await connect(
            f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path.rstrip('/')}/_stcore/stream",
            subprotocols=[SPOKEN],
            origin=Origin(origin or f"{parts.scheme}://{parts.netloc}"),
            additional_headers=headers,
            open_timeout=patience,
            max_size=None,
            compression=compression,
            ping_interval=None,
        )
        return cls(socket, address, query.removeprefix("?"), locale, timezone)

    async def __aenter__(self) -> Self:
        """Return the tab; leaving the block closes it."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the tab."""
        await self.close()

    async def close(self) -> None:
        """Close the tab, and wait until the server has taken leave."""
        await self.socket.close()

    # What a reader does.

    async def load(self, patience: float = PATIENCE) -> Answer:
        """Run the whole page for the link, as a tab does that has just been opened."""
        return await self.say(self.request(), patience)

    async def follow(self, query: str, patience: float = PATIENCE) -> Answer:
        """Run the whole page for another link, as going back and forward does."""
        self.query = query.removeprefix("?")
        return await self.say(self.request(), patience)

    async def choose(
        self,
        focus: str | None = None,
        language: str | None = None,
        tab: str | None = None,
        patience: float = PATIENCE,
        *,
        shown: object = None,
    ) -> Answer:
        """Choose what is shown, as a click on the map or on a link does; what is not named stays.

        shown is the digest of the panel that the browser has drawn before the answer.
        """
        return await self.say(self.choice(focus, language, tab, shown), patience)

    async def search(self, words: str, patience: float = PATIENCE) -> Answer:
        """Write words into the search box."""
        box = self.component("search")
        self._states[box] = json.dumps({"query": words})
        return await self.say(self.request(self._fragment_of(box)), patience)

    # What stands on the page.

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is drawn as HTML, from top to bottom."""
        return tuple(text for text in map(_markup_of, self._in_order()) if text)

    @property
    def everything(self) -> str:
        """All that the page was sent and now shows, as one text to look for words in."""
        return " ".join(str(element.SerializeToString(), "utf-8", "replace") for element in self.elements.values())

    @property
    def exceptions(self) -> tuple[Failure, ...]:
        """The errors that stand on the page."""
        return tuple(
            element.exception for element in self.elements.values() if element.WhichOneof("type") == "exception"
        )

    @property
    def view(self) -> dict[str, Any]:
        """What the server says that the page shows: focus, language, tab, map."""
        shown: dict[str, Any] = self.data_of("choices")["view"]
        return shown

    @property
    def hits(self) -> list[dict[str, str]]:
        """What the search box has found."""
        found: list[dict[str, str]] = self.data_of("search")["hits"]
        return found

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The parameters in the address bar."""
        return parse_qs(self.query, keep_blank_values=True)

    def component(self, name: str) -> str:
        """Return the id of the page's component of that name."""
        return self._component(name).bidi_component.id

    def data_of(self, name: str) -> dict[str, Any]:
        """Return what the server has told a component of the page."""
        told = self._component(name).bidi_component
        data: dict[str, Any] = json.loads(told.bytes or told.json or told.mixed.json)
        return data

    # How it is said.

    def request(self, fragment: str = "", triggers: Mapping[str, object] | None = None) -> BackMsg:
        """Return the message that asks for a run of the page, or of a fragment of it, with these events."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query
        asked.page_script_hash = self._page
        asked.fragment_id = fragment
        asked.cached_message_hashes.extend(self._kept)
        asked.context_info.url = self.address
        asked.context_info.locale = self.locale
        asked.context_info.timezone = self.timezone
        for id_, value in self._states.items():
            asked.widget_states.widgets.add(id=id_, json_value=value)
        for id_, event in (triggers or {}).items():
            asked.widget_states.widgets.add(id=id_, json_trigger_value=json.dumps([event]))
        return message

    def choice(
        self, focus: str | None = None, language: str | None = None, tab: str | None = None, shown: object = None
    ) -> BackMsg:
        """Return the message that says what the reader has chosen."""
        carrier = self.component("choices")
        before = self.view
        value = {
            "focus": focus or before["focus"],
            "language": language or before["language"],
            "tab": tab or before["tab"],
            "shown": shown,
        }
        event = {"event": "choice", "value": value}
        return self.request(self._fragment_of(carrier), {TRIGGER_OF.format(carrier): event})

    async def say(self, message: BackMsg, patience: float = PATIENCE) -> Answer:
        """Send a message that asks for a run, and return what came when the run has ended."""
        await self.socket.send(message.SerializeToString())
        return await asyncio.wait_for(self.hear_a_run(), patience)

    async def hear_a_run(self) -> Answer:
        """Receive until a run has ended and no other follows by itself."""
        messages, before = 0, self.size
        while True:
            messages += 1
            heard = await self.hear()
            if heard.WhichOneof("type") != "script_finished":
                continue
            if heard.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self._forget()
            if heard.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return Answer(messages, self.size - before)

    async def hear(self) -> ForwardMsg:
        """Receive one message and build it into the page."""
        data = await self.socket.recv(decode=False)
        self.size += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "ref_hash":
            _, kept = self._kept[message.ref_hash]
            kept.metadata.CopyFrom(message.metadata)
            message = kept
        if message.hash in self._kept or message.metadata.cacheable:
            self._kept[message.hash] = (self._runs, message)
        self._take(message)
        return message

    def _take(self, message: ForwardMsg) -> None:
        """Build a message into the page."""
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash
                self._begin(message.metadata.run.fragment_ids)
            case "delta":
                path = tuple(message.metadata.delta_path)
                if message.delta.WhichOneof("type") == "new_element":
                    self.elements[path] = message.delta.new_element
                    self._fragments[path] = message.delta.fragment_id
                else:
                    self.elements.pop(path, None)
            case "page_info_changed":
                self.query = message.page_info_changed.query_string.removeprefix("?")

    def _begin(self, fragments: Iterable[str]) -> None:
        """Forget what the run that begins will draw again."""
        redrawn = set(fragments)
        gone = [path for path in self.elements if not redrawn or self._fragments[path] in redrawn]
        for path in gone:
            del self.elements[path]

    def _forget(self) -> None:
        """Drop the messages that no run of late has named."""
        self._runs += 1
        self._kept = {name: kept for name, kept in self._kept.items() if self._runs - kept[0] <= KEPT_RUNS}

    def _in_order(self) -> Iterable[Element]:
        return (self.elements[path] for path in sorted(self.elements))

    def _component(self, name: str) -> Element:
        for element in self.elements.values():
            if element.WhichOneof("type") == "bidi_component" and element.bidi_component.component_name == name:
                return element
        raise AssertionError(f"the page has no component {name}; it shows {self.exceptions or self.texts}")

    def _fragment_of(self, id_: str) -> str:
        """Return the fragment of the page in which a component stands."""
        return next(
            self._fragments[path]
            for path, element in self.elements.items()
            if element.WhichOneof("type") == "bidi_component" and element.bidi_component.id == id_
        )


def _markup_of(element: Element) -> str:
    """Return the HTML that an element draws; the panel's component gets it as bytes."""
    component = element.bidi_component
    return markup_of(component.bytes) if component.component_name == PANEL else element.html.body


def markup_of(part: bytes) -> str:
    """Return the markup of a part of the panel; before it stands a line for the browser's script."""
    return part.decode().partition("\n")[2]
