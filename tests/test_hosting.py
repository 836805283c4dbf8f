"""What hosts start the dashboard with agrees with itself and with the code, and holds all that the server needs."""

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

import pytest
import streamlit.config
import yaml

from tests.browser.servers import ROOT, server_command, started_server

HOSTING: Final = ROOT / "dashboard/hosting"
FOR_ALL: Final = sorted(file for file in HOSTING.iterdir() if file.is_file())
PORT: Final = 8501
PORT_OF_NGINX: Final = 8080
HEALTH: Final = "/_stcore/health"
OURS: Final = re.compile(r"CASPIAN_CORRIDORS_[A-Z_]+")


def container() -> list[tuple[str, str]]:
    """Return the container file's instructions and what they say."""
    text = (HOSTING / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return [(name, said.strip()) for name, _, said in (line.partition(" ") for line in lines if line)]


def said(instruction: str) -> list[str]:
    """Return all that the container file says with an instruction."""
    return [words for name, words in container() if name == instruction]


def copied() -> dict[str, str]:
    """Return what is copied out of the repository into the container, and to where."""
    return dict(words.split() for words in said("COPY") if not words.startswith("--from"))


def environment() -> dict[str, str]:
    """Return the container's environment."""
    return dict(pair.split("=", 1) for words in said("ENV") for pair in shlex.split(words))


def documents(name: str) -> list[dict[str, Any]]:
    """Return the documents in a YAML file."""
    return list(yaml.safe_load_all((HOSTING / name).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """Return the compose file."""
    return documents("compose.yaml")[0]


@pytest.fixture(scope="module")
def kinds() -> dict[str, dict[str, Any]]:
    """Return the Kubernetes objects by their kind."""
    return {document["kind"]: document for document in documents("kubernetes.yaml")}


@pytest.fixture(scope="module")
def nginx() -> str:
    """Return nginx's configuration without its comments."""
    return re.sub(r"#.*", "", (HOSTING / "nginx.conf").read_text(encoding="utf-8"))


# The container.


def test_the_container_is_made_of_the_locked_packages_only_and_runs_as_nobody() -> None:
    assert {image.split()[0] for image in said("FROM")} == {"python:3.12-slim"}
    assert copied()["requirements.txt"] == "."
    install = next(words for words in said("RUN") if "pip" in words)
    assert "--require-hashes" in install
    assert "--requirement requirements.txt" in install
    (user,) = said("USER")
    assert all(int(number) > 0 for number in user.split(":"))
    assert [name for name, _ in container()].index("USER") > max(
        place for place, (name, _) in enumerate(container()) if name in ("COPY", "RUN")
    )


def test_the_container_starts_the_server_as_the_readme_does_and_asks_it_for_its_health() -> None:
    assert ["python", *server_command(PORT)[2:]] == json.loads(said("CMD")[0])
    assert said("EXPOSE") == [str(PORT)]
    assert f"http://127.0.0.1:{PORT}{HEALTH}" in said("HEALTHCHECK")[0]


def test_what_the_container_ignores_is_not_what_it_copies() -> None:
    rules = (HOSTING / "Containerfile.dockerignore").read_text(encoding="utf-8").split()
    assert rules[0] == "*"
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == set(copied())


def test_the_container_holds_all_that_the_server_needs_and_the_server_writes_nothing(tmp_path: Path) -> None:
    """A fresh server serves the map's frame as soon as it is healthy: no reader has to come first."""
    rules = (HOSTING / "Containerfile.dockerignore").read_text(encoding="utf-8").split()
    left_out = {ROOT / rule for rule in rules if not rule.startswith(("!", "*"))}
    inside = tmp_path / "inside"
    inside.mkdir()
    for source, place in copied().items():
        if (ROOT / source).is_dir():
            shutil.copytree(
                ROOT / source,
                inside / place,
                ignore=lambda folder, names: {
                    name for name in names if name == "__pycache__" or Path(folder, name) in left_out
                },
            )
        else:
            shutil.copy(ROOT / source, inside / place)
    before = {path: path.stat().st_mtime_ns for path in inside.rglob("*")}
    home = tmp_path / "home"
    home.mkdir()
    surroundings = {**environment(), "HOME": str(home), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
    surroundings.pop("PATH")
    with (
        started_server(inside, environment=surroundings) as server,
        urlopen(f"{server.address}/component/streamlit_folium.st_folium/index.html") as frame,  # noqa: S310
        urlopen(f"{server.address}/?lang=en") as page,  # noqa: S310
    ):
        assert b"<script" in frame.read()
        assert b"Caspian Corridors" in page.read()
    assert {path: path.stat().st_mtime_ns for path in inside.rglob("*")} == before
    assert not list(home.iterdir())


# Names and numbers that stand in several places.


def test_every_variable_that_a_host_may_set_is_read_somewhere_and_the_other_way_round() -> None:
    code = {name for file in (ROOT / "dashboard").rglob("*.py") for name in OURS.findall(file.read_text("utf-8"))}
    manual = set(OURS.findall((HOSTING / "README.md").read_text("utf-8")))
    named = {name for file in FOR_ALL for name in OURS.findall(file.read_text("utf-8"))}
    assert manual == code
    assert named <= code


def test_every_option_of_streamlits_that_hosts_set_exists() -> None:
    """In its own file or as a variable."""
    options = streamlit.config.get_config_options()
    variables = {option.env_var for option in options.values()}
    set_here = {name for file in FOR_ALL for name in re.findall(r"STREAMLIT_[A-Z_]+", file.read_text("utf-8"))}
    flags = {
        name
        for file in FOR_ALL
        for name in re.findall(r"--((?:server|client|browser|runner)\.\w+)", file.read_text("utf-8"))
    }
    assert set_here
    assert set_here <= variables
    assert flags <= set(options)


def test_compose_nginx_and_the_container_speak_of_the_same_ports_and_addresses(
    compose: dict[str, Any], nginx: str
) -> None:
    services = compose["services"]
    addresses = {name: service["networks"]["inside"]["ipv4_address"] for name, service in services.items()}
    replicas = {address for name, address in addresses.items() if name != "nginx"}
    assert len(replicas) == 2
    in_nginx = re.findall(r"server (\S+):(\d+) ", nginx)
    assert sorted(in_nginx) == sorted([(address, str(PORT)) for address in replicas] * 2)
    assert re.findall(r"listen (\d+);", nginx) == [str(PORT_OF_NGINX)]
    assert services["nginx"]["ports"] == [f"{PORT_OF_NGINX}:{PORT_OF_NGINX}"]
    for name in addresses.keys() - {"nginx"}:
        assert services[name]["environment"]["FORWARDED_ALLOW_IPS"] == addresses["nginx"]
        assert services[name]["build"]["dockerfile"] == "dashboard/hosting/Containerfile"
        assert (HOSTING / services[name]["build"]["context"]).resolve() == ROOT


def test_every_service_is_confined_and_watched(compose: dict[str, Any]) -> None:
    """The replicas' health check stands in the container file."""
    for name, service in compose["services"].items():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
        assert service["pids_limit"]
        assert "healthcheck" in service or name.startswith("replica")
    waits_for = compose["services"]["nginx"]["depends_on"]
    assert {name: how["condition"] for name, how in waits_for.items()} == {
        "replica-1": "service_healthy",
        "replica-2": "service_healthy",
    }


def test_nginx_writes_only_where_compose_lets_it(compose: dict[str, Any], nginx: str) -> None:
    written = re.findall(r"(?:pid|_temp_path|proxy_cache_path) (\S+?)[; ]", nginx)
    assert len(written) == 7
    assert all(path.startswith("run/") for path in written)
    assert compose["services"]["nginx"]["tmpfs"][0].startswith("/etc/nginx/run:")


def test_no_place_in_nginx_forgets_the_headers_that_the_replicas_need(nginx: str) -> None:
    """One proxy_set_header in a location would drop all of those that hold everywhere."""
    everywhere, _, server = nginx.partition("    server {\n")
    for header in ("Host", "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "Upgrade", "Connection"):
        assert f"proxy_set_header {header} " in everywhere
    assert "proxy_set_header" not in server


def test_kubernetes_asks_the_server_for_its_health_and_changes_replicas_without_a_gap(
    kinds: dict[str, dict[str, Any]],
) -> None:
    deployment = kinds["Deployment"]["spec"]
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert deployment["replicas"] >= 2
    pod = deployment["template"]["spec"]
    (server,) = pod["containers"]
    assert server["ports"] == [{"name": "http", "containerPort": PORT}]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert server[probe]["httpGet"] == {"path": HEALTH, "port": "http"}
    drain = server["lifecycle"]["preStop"]["exec"]["command"]
    assert drain[0] == "sleep"
    assert int(drain[1]) < pod["terminationGracePeriodSeconds"]


def test_kubernetes_confines_the_server(kinds: dict[str, dict[str, Any]]) -> None:
    pod = kinds["Deployment"]["spec"]["template"]["spec"]
    (server,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" == said("USER")[0]
    assert pod["automountServiceAccountToken"] is False
    assert server["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {mount["name"]: mount["mountPath"] for mount in server["volumeMounts"]} == {"tmp": environment()["HOME"]}
    assert server["resources"]["limits"]["memory"]


def test_kubernetes_leads_from_the_ingress_to_the_pods(kinds: dict[str, dict[str, Any]]) -> None:
    labels = kinds["Deployment"]["spec"]["template"]["metadata"]["labels"]
    service, ingress = kinds["Service"], kinds["Ingress"]["spec"]
    assert service["spec"]["selector"] == labels
    assert service["spec"]["ports"] == [{"name": "http", "port": 80, "targetPort": "http"}]
    assert service["spec"]["sessionAffinity"] == "ClientIP"
    assert kinds["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    for rule in ingress["rules"]:
        (path,) = rule["http"]["paths"]
        assert path["backend"]["service"] == {"name": service["metadata"]["name"], "port": {"name": "http"}}


def test_the_manuals_name_only_files_that_exist() -> None:
    for manual in HOSTING.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", manual.read_text("utf-8")):
            assert (manual.parent / target).exists(), f"{manual.name}: {target}"
