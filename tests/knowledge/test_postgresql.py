"""The knowledge base on a real PostgreSQL server: built, read, exported and rebuilt as on SQLite."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from knowledge import content as content_module
from knowledge import export, store, tables
from tests.knowledge.test_content import answer, run

SERVER_USER = "postgres"  # PostgreSQL refuses to run as root


def programs():
    """The folder of Debian's PostgreSQL programs; installs the package when it is absent and this may."""

    def find():
        return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))

    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-q", "postgresql"], check=False, env=environment, **quiet)
    return find() or pytest.skip("PostgreSQL is er niet; installeer het met: apt-get install postgresql")


@pytest.fixture(scope="module")
def server():
    """A server of our own on a free loopback port with a data folder of its own; gives its URL."""
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-postgresql-"))
    bin_folder = programs()
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    user = {}
    if os.geteuid() == 0:
        user = {"user": SERVER_USER, "group": pwd.getpwnam(SERVER_USER).pw_gid, "cwd": "/"}
        for path in (folder, folder / "password"):
            shutil.chown(path, SERVER_USER)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"

    def do(*words):
        subprocess.run(list(words), check=True, stdout=subprocess.DEVNULL, timeout=60, **user)

    do(
        bin_folder / "initdb",
        "-D",
        data,
        "-U",
        "wegwijs",
        "-A",
        "scram-sha-256",
        f"--pwfile={folder}/password",
        "-E",
        "UTF8",
    )
    do(bin_folder / "pg_ctl", "-D", data, "-w", "-l", str(folder / "server.log"), "-o", settings, "start")
    url = f"postgresql://wegwijs:{password}@127.0.0.1:{port}/postgres"
    yield url
    store.engine(url).dispose()
    do(bin_folder / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def base(server, content):
    """The server with the knowledge built in it."""
    store.build(content, server)
    return server


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(content_module.CONTENT_DIR, tmp_path / "content")


def change_duration(folder, lessons):
    card = folder / "onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("waarde: 1480", f"waarde: {lessons}"), encoding="utf-8")


def test_a_server_without_a_base_says_how_to_make_one(server):
    with store.engine(server).begin() as connection:
        tables.metadata.drop_all(connection)
    with pytest.raises(store.KnowledgeMissing, match="wegwijs knowledge build"):
        store.read(server)


def test_the_base_read_back_equals_that_on_sqlite(base, knowledge):
    assert store.read(base) == knowledge
    assert export.records(store.read(base)) == export.records(knowledge)


def test_the_tables_answer_a_search_in_sql(base):
    with store.engine(base).connect() as connection:
        found = connection.execute(
            sa.select(tables.record.c.id, tables.figure.c.value)
            .join(tables.label, sa.and_(*(tables.label.c[k] == tables.record.c[c] for k, c in KEY)))
            .join(tables.figure, sa.and_(*(tables.figure.c[k] == tables.record.c[c] for k, c in KEY)))
            .where(tables.label.c.value == "zorgkundige", tables.figure.c.unit == "lestijden")
        ).all()
    assert ("cvo_zorgkundige_duur", "1480") in found


KEY = (("kind", "kind"), ("record_id", "id"))


def test_a_running_bot_sees_a_new_build_and_keeps_the_old_after_a_failed_one(base, folder):
    current = store.Current(base, check_seconds=0)
    change_duration(folder, 1500)
    store.build_from_files(folder, base)
    assert "1500 lestijden" in answer(current.get())
    (folder / "begrippen.yml").write_text("- id: kapot\n", encoding="utf-8")
    with pytest.raises(content_module.ContentError):
        store.build_from_files(folder, base)
    assert "1500 lestijden" in answer(current.get())


def test_who_builds_answers_from_it_at_once(base, content, folder, monkeypatch):
    monkeypatch.setenv("WEGWIJS_DATABASE_URL", base)
    store.build(content, base)
    assert "1480 lestijden" in answer(store.current())
    change_duration(folder, 1700)
    store.build_from_files(folder, base)
    assert "1700 lestijden" in answer(store.current())


def test_a_build_while_a_reader_reads_gives_it_one_whole_base(base, content, folder):
    change_duration(folder, 1600)
    other = content_module.load(folder)
    lessons = {content.fingerprint: "1480", other.fingerprint: "1600"}
    store.build(content, base)

    @sa.event.listens_for(store.engine(base), "after_cursor_execute", once=True)
    def build_in_between(*_):
        store.build(other, base)

    read = store.read(base)
    assert f"{lessons[read.fingerprint]} lestijden" in answer(read)
    assert "1600 lestijden" in answer(store.read(base))


def test_readers_while_builds_go_on_always_see_a_base(base, content):
    stop = threading.Event()

    def keep_building():
        while not stop.is_set():
            store.build(content, base)

    builder = threading.Thread(target=keep_building)
    builder.start()
    try:
        for _ in range(10):
            assert len(store.read(base).topics) == len(content.topics())
    finally:
        stop.set()
        builder.join()


def test_the_commands_use_the_server_that_the_environment_names(base, monkeypatch):
    monkeypatch.setenv("WEGWIJS_DATABASE_URL", base)
    run("knowledge", "build")
    assert "1480 lestijden" in run("knowledge", "show", "cvo_zorgkundige_duur")
