"""Writing a reply in a browser: what only a browser can lose or keep."""

from tests import factories


def test_what_no_save_reaches_is_kept_in_the_browser_and_offered_again(open_page, sign_in, axe, recorder):
    session, enquiry = sign_in(), factories.enquiry()
    page = open_page(f"/admin/enquiries/enquiry/{enquiry.pk}/reply/", session=session)
    assert axe(page) == []
    page.fill("#subject", "Grid capacity")
    page.get_by_text("Saved at").wait_for()
    with recorder.pause():
        page.route("**/autosave/", lambda route: route.abort())
        page.fill("#body", "Typed while the server is away")
        page.get_by_text("Not saved yet – kept in this browser").wait_for()
        page.unroute("**/autosave/")
        page.reload()
    assert page.input_value("#body") == ""
    page.get_by_role("button", name="Use it").click()
    assert page.input_value("#body") == "Typed while the server is away"
    page.get_by_text("Saved at").wait_for()
    page.click("button[value=send]")
    page.get_by_role("button", name="Take it back").wait_for()
