"""Where messages may go, how they are signed, and when a dead address is left alone."""

import base64
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest

from secor.core.webhook import (
    LONGEST,
    PAUSES,
    NotAnAddress,
    Target,
    again_at,
    allowed,
    headers,
    read_target,
    secret_written,
    signature,
)

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.com", Target("example.com", 443, "/")),
        ("https://Example.com/secor?of=us", Target("example.com", 443, "/secor?of=us")),
        ("https://example.com:8443/", Target("example.com", 8443, "/")),
        ("https://[2001:db8::1]:1024/x", Target("2001:db8::1", 1024, "/x")),
    ],
)
def test_an_address_is_read(url, target):
    assert read_target(url) == target


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.com/", "https://"),
        ("example.com", "https://"),
        ("https://", "https://"),
        ("https:///path", "https://"),
        ("file:///etc/passwd", "https://"),
        ("gopher://example.com/", "https://"),
        ("https://rosa:secret@example.com/", "password"),
        ("https://@example.com/", "password"),
        ("https://example.com/#part", "#"),
        ("https://example.com/#", "#"),
        ("https://example.com:25/", "port"),
        ("https://example.com:1023/", "port"),
        ("https://example.com:99999/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https://example.com/a b", "space"),
        ("https://example.com/\r\nHost: inside", "space"),
        ("https://exämple.com/", "sign"),
        ("https://example.com/" + "a" * LONGEST, "longer"),
    ],
)
def test_what_is_no_address_for_messages_is_refused(url, why):
    with pytest.raises(NotAnAddress, match=why):
        read_target(url)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_the_open_internet_may_be_reached(address):
    assert allowed(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.8", "172.16.4.4", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
)
def test_no_other_network_may_be_reached(address):
    assert not allowed(ip_address(address))


def test_a_network_of_ones_own_may_be_named():
    own = (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))

    assert allowed(ip_address("10.1.2.3"), within=own)
    assert allowed(ip_address("::ffff:10.1.2.3"), within=own)
    assert allowed(ip_address("fd00::5"), within=own)
    assert not allowed(ip_address("10.2.0.1"), within=own)


def test_a_signature_is_the_one_of_the_standards_own_example():
    # The example of the libraries of Standard Webhooks.
    at = datetime.fromtimestamp(1614265330, UTC)
    known = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    secret = base64.b64decode(known)
    assert secret_written(secret) == f"whsec_{known}"
    told = signature('{"test": 2432232314}', number="msg_p5jXN8AQM9LWM0D4loKWxJek", at=at, secret=secret)
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_secret_in_force_signs():
    told = headers("{}", number="msg_1", at=AT, secrets=(b"new", b"old"))

    assert told["webhook-id"] == "msg_1"
    assert told["webhook-timestamp"] == str(int(AT.timestamp()))
    assert told["webhook-signature"].split(" ") == [
        signature("{}", number="msg_1", at=AT, secret=secret) for secret in (b"new", b"old")
    ]


def test_an_address_that_fails_is_left_alone_for_longer_and_longer_and_after_three_days_for_good():
    assert again_at(AT, failures=1) == AT + timedelta(seconds=5)
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(days=2, hours=20) < sum(PAUSES, timedelta()) < timedelta(days=3, hours=4)
    assert again_at(AT, failures=len(PAUSES)) is not None
    assert again_at(AT, failures=len(PAUSES) + 1) is None
