"""Where the server stands changes nothing of what it says."""

from datetime import UTC, datetime
from urllib.request import urlopen

import pytest

from dashboard.downloads import DOWNLOADS
from dashboard.i18n import LANGUAGES
from tests.browser.servers import Server, started_server
from tests.hostile.conftest import Guarded
from tests.sessions import Session, run

LINKS = ("?focus=titr&tab=others", "?focus=trade&tab=sources", "?focus=btc", "?focus=method", "?focus=caspian-division")


def said_by(address: str) -> list[str]:
    """Return what a server says of some links in each language, in a tab, as the first answer and as data."""

    async def visit() -> list[str]:
        said: list[str] = []
        async with await Session.open(address, "?lang=en") as tab:
            await tab.load()
            for link in LINKS:
                for code in LANGUAGES:
                    await tab.follow(f"{link}&lang={code}")
                    said += tab.texts
                    said.append(str(tab.view))
            await tab.search("BAKI İSTANBUL")
            said.append(str(tab.hits))
        return said

    said = run(visit())
    for path in (
        *(f"{link}&lang={code}" for link in LINKS for code in LANGUAGES),
        *(file.address for file in DOWNLOADS),
    ):
        with urlopen(f"{address}/{path}") as answer:  # noqa: S310  our own server
            said.append(answer.read().decode())
    return [text.replace(address, "") for text in said]


def assert_they_say_the_same(here: Server, there: Server) -> None:
    """Word by word; citations name the day, which must not change between the two readings."""
    day = None
    while day != datetime.now(UTC).date():
        day = datetime.now(UTC).date()
        ours, theirs = said_by(here.address), said_by(there.address)
    for one, other in zip(ours, theirs, strict=True):
        assert one == other


def test_a_server_in_another_country_says_the_same(served: Server, guarded: Guarded) -> None:
    """In the locale C, without UTF-8, fourteen hours ahead."""
    assert_they_say_the_same(served, guarded.server)


@pytest.mark.soak
@pytest.mark.parametrize("locale", ["tr_TR.UTF-8", "az_AZ.UTF-8", "ar_EG.UTF-8", "zh_CN.GB18030"])
@pytest.mark.parametrize("zone", ["Asia/Baku", "America/St_Johns"])
def test_a_server_in_any_country_says_the_same(served: Server, locale: str, zone: str) -> None:
    """Where the locale is installed, and where it only is named."""
    with started_server(environment={"LC_ALL": locale, "LANG": locale, "TZ": zone}) as server:
        assert_they_say_the_same(served, server)
