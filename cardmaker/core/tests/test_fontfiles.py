from django.contrib.staticfiles import finders

from cardmaker.core.fontfiles import WEB_FONTS, FontPackageFinder


def test_every_web_font_is_found_as_a_static_file():
    assert [name for name in WEB_FONTS if not finders.find(name)] == []


def test_collectstatic_sees_the_fonts_with_their_bytes():
    listed = dict(FontPackageFinder().list([]))

    assert sorted(listed) == sorted(WEB_FONTS)
    assert {listed[name].open(name).read(4) for name in listed} == {b"\x00\x01\x00\x00"}


def test_ignored_fonts_are_left_out():
    assert list(FontPackageFinder().list(["fonts/*"])) == []


def test_nothing_else_of_the_packages_is_reachable():
    assert FontPackageFinder().find("fonts/fraunces/../metadata.json") == []
