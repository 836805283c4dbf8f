"""The server's own first visit, at pages that are drawn and at pages that are not."""

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.serving.first_visit import visit
from tests.sessions import run


class Page:
    """Stands for the app: answers the first run with the messages given, and notes what it was asked."""

    def __init__(self, *told: ForwardMsg, refuse: bool = False) -> None:
        """Keep what to tell."""
        self.told = told
        self.refuse = refuse
        self.heard: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak as Streamlit does."""
        assert scope["path"] == "/_stcore/stream"
        self.heard.append(await receive())
        if self.refuse:
            await send({"type": "websocket.close", "code": 1008})
            return
        await send({"type": "websocket.accept"})
        self.heard.append(await receive())
        for message in self.told:
            await send({"type": "websocket.send", "bytes": message.SerializeToString()})
        self.heard.append(await receive())


class Silence(Page):
    """Ends the connection without a word."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say nothing."""


def finished() -> ForwardMsg:
    return ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def mapped() -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.component_instance.component_name = "streamlit_folium.st_folium"
    message.delta.new_element.component_instance.json_args = '{"id": "map_div"}'
    return message


def failed() -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.exception.type = "KeyError"
    return message


def test_the_visit_asks_for_the_page_and_leaves_when_it_is_drawn() -> None:
    page = Page(mapped(), finished())
    run(visit(page))
    connected, asked, left = page.heard
    assert connected["type"] == "websocket.connect"
    assert BackMsg.FromString(asked["bytes"]).HasField("rerun_script")
    assert left["type"] == "websocket.disconnect"


def test_the_visit_brings_back_what_streamlit_would_tell_the_maps_frame() -> None:
    frame = run(visit(Page(mapped(), finished())))
    assert frame.address == "component/streamlit_folium.st_folium/index.html"
    assert frame.message["type"] == "streamlit:render"
    assert frame.message["args"] == {"id": "map_div"}


@pytest.mark.parametrize(
    ("page", "trouble"),
    [
        (Page(failed(), finished()), "KeyError while the page was drawn"),
        (Page(finished()), "it has no map"),
        (Page(refuse=True), "closed with code 1008"),
        (Silence(), "the connection ended"),
    ],
    ids=["exception", "no map", "refusal", "silence"],
)
def test_a_page_that_cannot_be_drawn_stops_the_start(page: Page, trouble: str) -> None:
    with pytest.raises(RuntimeError, match=trouble):
        run(visit(page))


def test_a_page_that_is_not_drawn_in_time_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.serving.first_visit.PATIENCE", 0.01)
    with pytest.raises(RuntimeError, match="not drawn within"):
        run(visit(Page()))
