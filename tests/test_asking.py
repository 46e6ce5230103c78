import threading

from geo.asking import Asking
from geo.geocoder import Answer

SECONDS = 20


def here(toponym):
    return Answer(toponym, "sure", 1.0, 2.0, 3.0)


class Gate:
    """A geocoder that answers one toponym for every `open`."""

    def __init__(self):
        self.turn, self.asked, self.begun = threading.Semaphore(0), [], threading.Semaphore(0)

    def __call__(self, toponym):
        self.asked.append(toponym)
        self.begun.release()
        assert self.turn.acquire(timeout=SECONDS)
        return here(toponym)

    def open(self):
        self.turn.release()


def test_each_toponym_is_asked_for_once_though_many_places_share_it():
    asked = []
    asking = Asking(["Venice", "Bank", "Venice"], lambda toponym: asked.append(toponym) or here(toponym))
    asking.start()
    assert asking.wait(SECONDS)[:3] == ("finished", 2, 2)
    assert asked == ["Venice", "Bank"]
    assert list(asking.answers) == ["Venice", "Bank"]


def test_nothing_to_ask_for_is_finished_at_once():
    asking = Asking([], here)
    assert asking.progress.where == "ready"
    asking.start()
    assert asking.wait(SECONDS).where == "finished"


def test_a_pause_takes_the_answer_under_way_and_asks_nothing_more_until_it_goes_on():
    gate = Gate()
    asking = Asking(["a", "b", "c"], gate)
    asking.start()
    assert gate.begun.acquire(timeout=SECONDS)
    asking.pause()
    gate.open()
    assert not gate.begun.acquire(timeout=0.2)
    assert asking.progress.where == "paused"
    asking.start()
    for _ in range(2):
        assert gate.begun.acquire(timeout=SECONDS)
        gate.open()
    assert asking.wait(SECONDS).done == 3
    assert gate.asked == ["a", "b", "c"]


def test_after_a_stop_only_the_rest_is_asked_for():
    gate = Gate()
    asking = Asking(["a", "b"], gate)
    asking.start()
    assert gate.begun.acquire(timeout=SECONDS)
    asking.stop()
    gate.open()
    assert asking.wait(SECONDS).where == "stopped"
    asking.start()
    assert gate.begun.acquire(timeout=SECONDS)
    gate.open()
    assert asking.wait(SECONDS).where == "finished"
    assert gate.asked == ["a", "b"]


def test_a_service_that_refuses_ends_it_with_its_words_and_nothing_counts_as_answered():
    asking = Asking("abcdef", lambda toponym: Answer(toponym, "later", why="the quota is used up"))
    asking.start()
    progress = asking.wait(SECONDS)
    assert (progress.where, progress.done, progress.why) == ("stopped", 0, "the quota is used up")


def test_one_that_could_not_be_asked_is_asked_again_when_it_goes_on():
    refused = {"b"}

    def geocode(toponym):
        return Answer(toponym, "later", why="no answer") if toponym in refused else here(toponym)

    asking = Asking("abc", geocode)
    asking.start()
    assert asking.wait(SECONDS).why == "1 could not be asked for now: no answer"
    refused.clear()
    asking.start()
    assert asking.wait(SECONDS).where == "finished"


def test_rate_and_time_left_are_those_of_the_last_answers():
    ticks = iter(range(0, 1000, 2))
    gate = Gate()
    asking = Asking("abcd", gate, clock=lambda: float(next(ticks)))
    asking.start()
    for _ in range(2):
        assert gate.begun.acquire(timeout=SECONDS)
        gate.open()
    assert gate.begun.acquire(timeout=SECONDS)
    assert (asking.progress.rate, asking.progress.left) == (0.5, 4.0)
    asking.stop()
    gate.open()
