"""The guards of the browser tests themselves: what they must catch, they catch."""

import pytest


@pytest.fixture
def page(open_page):
    return open_page("/healthz")


def caught(recorder, page):
    page.wait_for_timeout(200)
    faults = "\n".join(recorder.faults)
    recorder.faults.clear()
    return faults


def test_a_page_that_behaves_has_no_fault(page, recorder):
    assert caught(recorder, page) == ""


def test_an_inline_script_is_refused_and_caught(page, recorder):
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))"
    )
    assert not page.evaluate("window.ran")
    assert "policy violation: script-src-elem inline" in caught(recorder, page)


def test_a_request_that_leaves_the_machine_is_stopped_and_caught(page, recorder):
    page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: 'https://example.org/picture.png'}))"
    )
    assert "example.org" in caught(recorder, page)


def test_an_error_in_a_script_is_caught(page, recorder):
    page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    assert "script error: on purpose" in caught(recorder, page)


def test_axe_finds_a_picture_without_words_and_is_no_fault_itself(page, recorder, axe):
    page.evaluate("document.body.append(new Image())")
    assert any(line.startswith("image-alt") for line in axe(page))
    assert caught(recorder, page) == ""


def test_a_test_cannot_reach_another_machine():
    import socket

    with pytest.raises(AssertionError, match="tried to look up"):
        socket.create_connection(("example.org", 80))
