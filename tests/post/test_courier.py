"""One message is carried to a real server with TLS, and into no network that is not the internet."""

import socket
import ssl
import threading

import pytest

from receivers import HERE, receiver
from secor.core.webhook import Target, read_target
from secor.post import courier

WORDS = {"webhook-id": "msg_1"}


def test_a_message_is_posted_as_json_and_any_answer_from_200_to_299_counts(tmp_path):
    with receiver(tmp_path) as there:
        answer = courier.carry(read_target(there.url), '{"é":1}', headers=WORDS, within=HERE, context=there.context)

    assert answer == courier.Answer(204)
    path, headers, body = there.got[0]
    assert (path, body) == ("/take", '{"é":1}')
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize("number", [199 + 101, 301, 404, 500])
def test_every_other_answer_is_told(tmp_path, number):
    with receiver(tmp_path) as there:
        there.answers = [number]
        answer = courier.carry(read_target(there.url), "{}", headers=WORDS, within=HERE, context=there.context)

    assert answer.number == number
    assert f"answered {number}" in answer.trouble


def test_no_redirect_is_followed(tmp_path):
    with receiver(tmp_path) as inside:
        outside = tmp_path / "outside"
        outside.mkdir()
        with receiver(outside, leads_to=inside.url) as there:
            there.answers = [307]
            answer = courier.carry(read_target(there.url), "{}", headers=WORDS, within=HERE, context=there.context)

    assert answer.number == 307
    assert inside.got == []


def test_nothing_is_sent_into_a_private_network(tmp_path):
    with receiver(tmp_path) as there:
        answer = courier.carry(read_target(there.url), "{}", headers=WORDS, context=there.context)

    assert "private network" in answer.trouble
    assert there.got == []


def test_a_name_that_leads_to_one_private_address_among_others_is_not_used(tmp_path, monkeypatch):
    """The name server's answer is made here: a name of one's own cannot be had on this machine."""
    with receiver(tmp_path) as there:
        port = read_target(there.url).port
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in ("93.184.215.14", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        answer = courier.carry(Target("rebound.example", port, "/"), "{}", headers=WORDS, context=there.context)

    assert "private network" in answer.trouble
    assert there.got == []


def test_the_address_that_was_looked_at_is_the_one_connected_to(tmp_path, monkeypatch):
    """A name that answers something else the second time leads nowhere else: it is asked once."""
    real, asked = socket.getaddrinfo, []

    def once(host, *rest, **more):
        asked.append(host)
        return real(host, *rest, **more)

    with receiver(tmp_path) as there:
        monkeypatch.setattr(socket, "getaddrinfo", once)
        courier.carry(read_target(there.url), "{}", headers=WORDS, within=HERE, context=there.context)

    assert [host for host in asked if host == "localhost"] == ["localhost"]
    assert len(there.got) == 1


def test_who_cannot_show_who_they_are_is_told_nothing(tmp_path):
    with receiver(tmp_path) as there:
        answer = courier.carry(read_target(there.url), "{}", headers=WORDS, within=HERE)

    assert "TLS certificate" in answer.trouble
    assert there.got == []


def test_a_name_that_nobody_knows_and_a_door_that_nobody_opens_are_told():
    unknown = courier.carry(Target("nobody.invalid", 443, "/"), "{}", headers=WORDS)
    for odd in ("two..dots", "a" * 70 + ".example"):
        assert "not known" in courier.carry(Target(odd, 443, "/"), "{}", headers=WORDS).trouble
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    shut = courier.carry(Target("localhost", port, "/"), "{}", headers=WORDS, within=HERE)

    assert "not known" in unknown.trouble
    assert "could not be reached" in shut.trouble


def test_who_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(courier, "SECONDS", 0.2)
    with receiver(tmp_path, waits=0.6) as there:
        answer = courier.carry(read_target(there.url), "{}", headers=WORDS, within=HERE, context=there.context)

    assert "did not answer" in answer.trouble


def test_a_greeting_that_never_ends_is_cut(monkeypatch):
    """A server that sends a byte now and then is never silent for ten seconds, and still cannot hold us up."""
    monkeypatch.setattr(courier, "ALTOGETHER", 0.5)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            line, _ = server.accept()
            with line:
                line.sendall(b"\x16\x03\x03\x40\x00")  # the head of a long greeting
                while not stop.wait(0.05):
                    try:
                        line.sendall(b"\x00")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        answer = courier.carry(
            Target("localhost", server.getsockname()[1], "/"),
            "{}",
            headers=WORDS,
            within=HERE,
            context=ssl.create_default_context(),
        )
        stop.set()
        thread.join(5)

    assert answer.number is None
    assert answer.trouble
