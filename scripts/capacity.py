"""What to run for how many visitors, from what one bot of the cluster is measured to do. Run it with `make capacity`.

Processor time for each message is what counts: it stays the same on a busy machine, while messages per second don't.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import statistics
import sys
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg2

from scripts import cluster as topology

ROOT = Path(__file__).parent.parent
RESULT = ROOT / "results" / "capacity.json"
VISITORS = (100, 10_000, 1_000_000)  # a day
MESSAGES = 12  # of a visitor: an assumption; the intake asks at most eight questions, and people ask some themselves
RUSH = 0.15  # of a day's visitors come in the busiest hour: an assumption
FILL = 0.6  # of its processor that a bot may use in that hour, so that a rush within it only waits
SPARE = 1  # bot more than needed, so that one may fall over
DAYS = 7  # a conversation is kept
TICKS = os.sysconf("SC_CLK_TCK")
QUESTIONS = ("wat is evc?", "hoelang duurt zorgkundige in het cvo?", "hoeveel stage is dat?", "wie kan ik bellen?",
             "wat is een leervergoeding bij ODOS?", "krijgt mijn baas een premie?", "en in Nederland?", "dank je")  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """What a run showed; times in seconds, sizes in bytes."""

    bots: int
    users: int
    messages: int
    per_second: float
    median: float
    p95: float
    bot_cpu: float  # of all bots together, for each message
    database_cpu: float  # the same of PostgreSQL
    other_cpu: float  # of nginx and Redis
    bot_memory: float
    conversation_size: float  # in the database, with its indexes


def measure(bots: int, users: int, seconds: float) -> Measured:
    """So many people talking without a pause to a fresh cluster, half by button; the first quarter warms up."""
    with topology.running(bots, say=lambda line: print(f"→ {line}", file=sys.stderr, flush=True)) as cluster:
        times: list[float] = []
        begun: list[str] = []
        counting, stop = threading.Event(), threading.Event()
        threads = [
            threading.Thread(target=_person, args=(cluster.url, random.Random(number), times, begun, counting, stop))
            for number in range(users)
        ]
        for thread in threads:
            thread.start()
        time.sleep(seconds / 4)
        before, since = _processor_times(cluster), time.monotonic()
        counting.set()
        time.sleep(seconds)
        counting.clear()
        after, took = _processor_times(cluster), time.monotonic() - since
        stop.set()
        for thread in threads:
            thread.join()
        count = len(times)
        used = {name: (after[name] - before[name]) / count for name in after}
        memory = statistics.mean(map(_memory, cluster.bots))
        size = _database_size(cluster) / len(begun)
        ordered = sorted(times)
        return Measured(
            bots,
            users,
            count,
            count / took,
            statistics.median(times),
            ordered[int(0.95 * count)],
            sum(used[bot.name] for bot in cluster.bots),
            used["postgresql"],
            used["nginx"] + used["redis"],
            memory,
            size,
        )


def _person(url: str, rng: random.Random, times: list[float], begun: list[str], counting: Any, stop: Any) -> None:
    while not stop.is_set():
        with httpx.Client(base_url=url, timeout=60) as http:
            begun.append(url)
            said: list[dict[str, Any]] = []
            for number in range(MESSAGES):
                body: dict[str, Any] = {"id": uuid.uuid4().hex, "text": rng.choice(QUESTIONS)}
                buttons = [button for item in said for button in item["buttons"]]
                if number == 0:
                    body["text"] = f"ik ben {rng.randint(18, 64)} jaar en wil zorgkundige worden in Gent"
                elif buttons and rng.random() < 0.6:  # not every reply has them: about half of all messages
                    body = {"id": body["id"], "choice": rng.choice(buttons)["id"]}
                since = time.monotonic()
                reply = http.post("/chat", json=body)
                if counting.is_set() and reply.status_code == 200:
                    times.append(time.monotonic() - since)
                said = reply.json().get("messages", [])


def _processor_times(cluster: topology.Cluster) -> dict[str, float]:
    """Seconds of processor that each part used so far, with its children, the ended ones too."""
    parts = {part.process.pid: part.name for part in cluster.parts if part.process}
    found = dict.fromkeys(parts.values(), 0.0)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        number, parent = int(path.parent.name), int(fields[1])
        if number in parts:
            found[parts[number]] += sum(map(int, fields[11:15])) / TICKS
        elif parent in parts:
            found[parts[parent]] += sum(map(int, fields[11:13])) / TICKS
    return found


def _memory(part: topology.Part) -> int:
    assert part.process is not None
    return int(Path(f"/proc/{part.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _database_size(cluster: topology.Cluster) -> int:
    connection = psycopg2.connect(cluster.database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('events')")
        size = int(cursor.fetchone()[0])
    connection.close()
    return size


def advice(visitors: int, measured: Measured) -> dict[str, Any]:
    """What so many visitors a day ask for: messages a second in the rush, bots, cores, and room in the database."""
    rush = visitors * MESSAGES * RUSH / 3600
    bots = math.ceil(rush * measured.bot_cpu / FILL) + SPARE
    return {
        "visitors": visitors,
        "rush": rush,
        "bots": bots,
        "memory": bots * measured.bot_memory,
        "database_cores": rush * measured.database_cpu / FILL,
        "other_cores": rush * measured.other_cpu / FILL,
        "stored": visitors * DAYS * measured.conversation_size,
    }


def main() -> None:
    reader = argparse.ArgumentParser(description="Meet wat één bot aankan, en reken uit wat er nodig is.")
    reader.add_argument("--bots", type=int, default=1)
    reader.add_argument("--users", type=int, default=8)
    reader.add_argument("--seconds", type=float, default=60)
    wanted = reader.parse_args()
    measured = measure(wanted.bots, wanted.users, wanted.seconds)
    print(f"{measured.bots} bot(s), {measured.users} mensen: {measured.per_second:.1f} berichten/s,"
          f" mediaan {1000 * measured.median:.0f} ms, p95 {1000 * measured.p95:.0f} ms")  # fmt: skip
    print(f"per bericht: bot {1000 * measured.bot_cpu:.0f} ms processor, PostgreSQL {1000 * measured.database_cpu:.1f} ms,"
          f" nginx en Redis {1000 * measured.other_cpu:.1f} ms")  # fmt: skip
    print(f"geheugen van een bot {measured.bot_memory / 1e6:.0f} MB; een gesprek {measured.conversation_size / 1e3:.0f} kB")
    rows = [advice(visitors, measured) for visitors in VISITORS]
    print("bezoekers/dag  berichten/s in de drukte  bots  geheugen  kernen PostgreSQL  in de databank")
    for row in rows:
        print(f"{row['visitors']:>13,}  {row['rush']:>24.2f}  {row['bots']:>4}  {row['memory'] / 1e9:>5.1f} GB"
              f"  {row['database_cores']:>17.2f}  {row['stored'] / 1e9:>11.2f} GB")  # fmt: skip
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"measured": measured.__dict__, "advice": rows}, indent=2))


if __name__ == "__main__":
    try:
        main()
    except topology.Failed as error:
        sys.exit(f"✗ {error}")
