"""The topology of deploy/ on this computer, without a container engine: PostgreSQL, Redis, nginx and two bots, on loopback.

Run it with `make cluster`. Everything it keeps lies in a temporary folder, which goes when it ends; every process that it started
is ended by its number.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import redis

ROOT = Path(__file__).parent.parent
HERE = "127.0.0.1"
DATABASE_USER = "postgres"  # PostgreSQL refuses to run as root
PATIENCE = 300  # seconds until a part must be up; a busy machine takes its time


class Failed(RuntimeError):
    """The cluster can't start; the text says why and what to do."""


class Part:
    """One program of the cluster; its output goes to <name>.log."""

    def __init__(self, name: str, folder: Path, command: list[str], up: Callable[[], bool], **how: object) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._command = command
        self._up = up
        self._how = how
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it, without waiting."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log, **self._how)  # type: ignore[call-overload]

    def wait(self) -> None:
        """Until it answers. Raises Failed."""
        until = time.monotonic() + PATIENCE
        while not self._up():
            if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                end = "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])
                raise Failed(f"{self.name} start niet. Het einde van zijn logboek:\n{end}")
            time.sleep(0.1)

    def start(self) -> None:
        self.begin()
        self.wait()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it by its number, and wait until it is gone."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Cluster:
    """All parts; `url` is the address of nginx."""

    def __init__(self, folder: Path, bots: int = 2, port: int = 0, say: Callable[[str], None] = lambda line: None) -> None:
        self.folder = folder
        self._say = say
        self.password = secrets.token_hex(16)
        numbers = free_ports(bots + 3)
        self.database_port, self.lock_port, self.bot_ports = numbers[0], numbers[1], numbers[3:]
        self.port = port or numbers[2]
        self.url = f"http://{HERE}:{self.port}"
        self.database_url = f"postgresql://wegwijs:{self.password}@{HERE}:{self.database_port}/postgres?connect_timeout=5"
        folder.chmod(0o711)  # others' processes must get at their own folder in it
        self.postgresql = self._postgresql()
        self.redis = self._redis()
        self.nginx = self._nginx()
        self.bots = [self._bot(number, at) for number, at in enumerate(self.bot_ports, 1)]

    def start(self) -> None:
        """Start everything in order. Raises Failed, after ending what was started."""
        try:
            self._say("PostgreSQL en Redis starten …")
            self.postgresql.start()
            self.redis.start()
            self._say("Tabellen en kennisbank maken …")
            done = subprocess.run([sys.executable, "-m", "bot.cli", "prepare"], cwd=ROOT, env=self._settings())
            if done.returncode:
                raise Failed("De tabellen en de kennisbank zijn niet gemaakt. De fout staat hierboven.")
            self._say(f"{len(self.bots)} bots starten …")
            for bot in self.bots:
                bot.begin()
            for bot in self.bots:
                bot.wait()
            self._say("nginx starten …")
            self.nginx.start()
        except BaseException:
            self.stop()
            raise

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of them, in the order in which they end."""
        return (self.nginx, *self.bots, self.redis, self.postgresql)

    def stop(self) -> None:
        """End everything, the bots first."""
        for part in self.parts:
            part.stop()

    def _settings(self, port: int = 0) -> dict[str, str]:
        """The environment of a bot, as in deploy/compose.yml."""
        return {
            **os.environ,
            "WEGWIJS_PORT": str(port or 5005),
            "WEGWIJS_PROXIES": "1",
            "WEGWIJS_DRAIN_SECONDS": "3",
            "TICKET_LOCK_LIFETIME": "12",
            "WEGWIJS_DATABASE_URL": self.database_url,
            "WEGWIJS_TRACKER_URL": self.database_url,
            "WEGWIJS_LOCK_URL": f"redis://:{self.password}@{HERE}:{self.lock_port}/1",
        }

    def _bot(self, number: int, port: int) -> Part:
        command = [sys.executable, "-m", "bot.cli", "serve"]
        up = f"http://{HERE}:{port}/ready"
        return Part(f"bot{number}", self.folder, command, lambda: answers(up), cwd=ROOT, env=self._settings(port))

    def _postgresql(self) -> Part:
        programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))
        if programs is None:
            raise Failed("PostgreSQL is er niet. Installeer het met: bash scripts/cluster_packages.sh")
        folder = self.folder / "postgresql"
        folder.mkdir()
        word = folder / "password"
        word.write_text(self.password)
        how: dict[str, object] = {"cwd": "/"}
        if os.geteuid() == 0:
            how |= {"user": DATABASE_USER, "group": pwd.getpwnam(DATABASE_USER).pw_gid, "extra_groups": []}
            for path in (folder, word):
                shutil.chown(path, DATABASE_USER, DATABASE_USER)
        folder.chmod(0o700)
        data = str(folder / "data")
        make = [str(programs / "initdb"), "-D", data, "-U", "wegwijs", "-A", "scram-sha-256", f"--pwfile={word}", "-E", "UTF8"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE, **how)  # type: ignore[call-overload]
        settings = shutil.copy(ROOT / "deploy" / "postgresql.conf", self.folder)  # where its user may read it
        own = {"config_file": settings, "listen_addresses": HERE, "port": self.database_port, "unix_socket_directories": folder}
        command = [str(programs / "postgres"), "-D", data, *(f"--{name}={value}" for name, value in own.items())]
        return Part("postgresql", self.folder, command, self._database_answers, **how)

    def _database_answers(self) -> bool:
        try:
            psycopg2.connect(self.database_url).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _redis(self) -> Part:
        program = found("redis-server")
        settings = self.folder / "redis.conf"
        own = f"bind {HERE}\nport {self.lock_port}\ndir {self.folder}\nrequirepass {self.password}\n"
        settings.touch(0o600)
        settings.write_text((ROOT / "deploy" / "redis.conf").read_text() + own)
        return Part("redis", self.folder, [program, str(settings)], self._locks_answer)

    def _locks_answer(self) -> bool:
        try:
            with redis.Redis(HERE, self.lock_port, password=self.password, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def _nginx(self) -> Part:
        program = found("nginx")
        folder = self.folder / "nginx"
        folder.mkdir(mode=0o755)
        settings = (ROOT / "deploy" / "nginx" / "nginx.conf").read_text().replace("/tmp/nginx", f"{folder}/nginx")
        (folder / "nginx.conf").write_text(settings)
        (folder / "listen.conf").write_text(f"listen {HERE}:{self.port};\n")
        bots = [f"server {HERE}:{port} max_fails=2 fail_timeout=5s;\n" for port in self.bot_ports]
        (folder / "bots.conf").write_text("".join(bots))
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr", "-g", "daemon off;"]
        return Part("nginx", self.folder, command, lambda: answers(self.url))


def found(name: str) -> str:
    """The path of a program; daemons stand where the path of a user may not look. Raises Failed."""
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if path is None:
        raise Failed(f"{name} is er niet. Installeer het met: bash scripts/cluster_packages.sh")
    return path


def free_ports(count: int) -> list[int]:
    """So many ports of this machine that nobody uses now."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HERE, 0))
        return [probe.getsockname()[1] for probe in probes]


def answers(url: str) -> bool:
    """Whether an address answers with 200 now."""
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextlib.contextmanager
def running(bots: int = 2, port: int = 0, say: Callable[[str], None] = lambda line: None) -> Iterator[Cluster]:
    """A cluster in a temporary folder, ended and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-cluster-"))
    try:
        cluster = Cluster(folder, bots, port, say)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    reader = argparse.ArgumentParser(description="PostgreSQL, Redis, nginx en enkele bots op deze computer.")
    reader.add_argument("--bots", type=int, default=2, help="hoeveel bots (standaard 2)")
    reader.add_argument("--port", type=int, default=5080, help="de poort van nginx (standaard 5080)")
    wanted = reader.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with running(wanted.bots, wanted.port, lambda line: print(f"→ {line}", flush=True)) as cluster:
            print(f"Het cluster staat klaar op {cluster.url}  (stop met Ctrl-C)", flush=True)
            print(f"De bots: {', '.join(map(str, cluster.bot_ports))}. Logboeken: {cluster.folder}", flush=True)
            signal.pause()
    except Failed as error:
        sys.exit(f"✗ {error}")
    except KeyboardInterrupt:
        print("\nHet cluster is gestopt.")


if __name__ == "__main__":
    main()
