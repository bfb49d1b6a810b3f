"""Signed messages by the Standard Webhooks specification."""

import pytest

from engine.calls.signatures import NotSigned, check_signature, signed_headers

BODY = b'{"test": 2432232314}'
# the example of the specification's own libraries
EXAMPLE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
EXAMPLE_HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}


def test_the_example_of_the_specification_is_accepted():
    assert check_signature(EXAMPLE, EXAMPLE_HEADERS, 1614265330, BODY) == "msg_p5jXN8AQM9LWM0D4loKWxJek"


def test_what_we_sign_is_the_same():
    assert signed_headers(EXAMPLE, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY) == EXAMPLE_HEADERS


def test_one_of_several_signatures_is_enough_while_a_secret_is_changed():
    headers = {**EXAMPLE_HEADERS, "webhook-signature": "v1,AAAA v2,x " + EXAMPLE_HEADERS["webhook-signature"]}
    assert check_signature(EXAMPLE, headers, 1614265330, BODY)


@pytest.mark.parametrize(
    ("changed", "now", "body"),
    [
        ({}, 1614265330 + 301, BODY),
        ({}, 1614265330 - 301, BODY),
        ({}, 1614265330, BODY + b" "),
        ({"webhook-id": "another"}, 1614265330, BODY),
        ({"webhook-id": ""}, 1614265330, BODY),
        ({"webhook-timestamp": "1614265331"}, 1614265330, BODY),
        ({"webhook-timestamp": "soon"}, 1614265330, BODY),
        ({"webhook-timestamp": "9" * 400}, 1614265330, BODY),
        ({"webhook-signature": ""}, 1614265330, BODY),
        ({"webhook-signature": "v1,%%%"}, 1614265330, BODY),
    ],
)
def test_anything_else_is_not_signed(changed, now, body):
    with pytest.raises(NotSigned):
        check_signature(EXAMPLE, {**EXAMPLE_HEADERS, **changed}, now, body)


def test_another_secret_does_not_fit():
    with pytest.raises(NotSigned):
        check_signature("a plain secret", EXAMPLE_HEADERS, 1614265330, BODY)
