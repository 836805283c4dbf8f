"""Files with their content's hash in the address."""

import gzip

import brotli
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.published import Published, as_json


def test_the_address_changes_with_the_content_and_with_nothing_else() -> None:
    assert Published("a.js", b"1").address == Published("a.js", b"1").address
    assert Published("a.js", b"1").address != Published("a.js", b"2").address


def test_the_browser_may_keep_a_file_for_a_year_and_gets_it_compressed() -> None:
    file = as_json("words.json", {"name": "Актау"})
    client = TestClient(Starlette(routes=[file.route]))
    answer = client.get(f"/{file.address}", headers={"Accept-Encoding": "gzip"})
    assert answer.json() == {"name": "Актау"}
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    plain = client.get(f"/{file.address}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == file.body == gzip.decompress(file.packed["gzip"])


def test_a_browser_that_knows_brotli_gets_the_smaller_form() -> None:
    file = as_json("names.json", {"names": ["Aktau", "Kuryk", "Alat"] * 50})
    client = TestClient(Starlette(routes=[file.route]))
    answer = client.get(f"/{file.address}", headers={"Accept-Encoding": "gzip, deflate, br;q=0.9"})
    assert answer.headers["content-encoding"] == "br"
    assert len(file.packed["br"]) < len(file.packed["gzip"]) < len(file.body)
    assert brotli.decompress(file.packed["br"]) == file.body


def test_what_is_packed_already_is_sent_as_it_is() -> None:
    file = Published("letters.woff2", b"wOF2" * 100)
    answer = TestClient(Starlette(routes=[file.route])).get(f"/{file.address}", headers={"Accept-Encoding": "br"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "font/woff2"
