"""200 conversations in flight while a part falls over: all go on, nothing is lost, doubled or said to somebody else."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest

from scripts.cluster import Cluster
from tests.cluster.people import Crowd

pytestmark = pytest.mark.long
TURNS = 3  # of each person, between the introduction and the last question


@pytest.fixture
def crowd(cluster: Cluster) -> Iterator[Crowd]:
    everyone = Crowd(cluster.url, TURNS)
    assert len(everyone.people) == 200
    yield everyone
    everyone.end()
    everyone.close()


def kill_a_bot(cluster: Cluster, crowd: Crowd) -> None:
    """Killed in the midst of its turns; it comes back while the others still talk."""
    bot = cluster.bots[0]
    bot.stop(signal.SIGKILL)
    crowd.wait_for(0.5)
    bot.start()


def restart_postgresql(cluster: Cluster, crowd: Crowd) -> None:
    """Its quick stop: every connection is cut, what wasn't committed is undone."""
    cluster.postgresql.stop(signal.SIGINT)
    cluster.postgresql.start()


def crash_postgresql(cluster: Cluster, crowd: Crowd) -> None:
    """As after a loss of power: it recovers from its log."""
    cluster.postgresql.stop(signal.SIGQUIT)
    cluster.postgresql.start()


def restart_redis(cluster: Cluster, crowd: Crowd) -> None:
    """All locks are gone, with turns in hand."""
    cluster.redis.stop(signal.SIGKILL)
    cluster.redis.start()


@pytest.mark.parametrize("fault", [kill_a_bot, restart_postgresql, crash_postgresql, restart_redis])
def test_everyone_goes_on(cluster: Cluster, crowd: Crowd, fault: Callable[[Cluster, Crowd], None], capsys):
    crowd.start()
    crowd.wait_for(0.25)
    assert crowd.done < crowd.all / 2, "the fault would come too late"
    before = crowd.again
    fault(cluster, crowd)
    crowd.end()
    with capsys.disabled():
        slowest = max(said.seconds for person in crowd.people for said in person.said)
        print(f"\n{fault.__name__}: {crowd.done} turns, {crowd.again} sent again, slowest answer {slowest:.1f} s")
    assert crowd.faults()[:10] == []
    assert crowd.done == crowd.all
    if fault is not kill_a_bot:  # nginx passes that one on to the other bot, so that people may notice nothing
        assert crowd.again > before, "nobody noticed the fault"
