import pytest

from designs.naming import name_of

FOX = "A red fox with balloons in a snowy forest, a birthday morning"


@pytest.mark.parametrize(
    ("title", "prompt", "name"),
    [
        ("For Ada", FOX, "For Ada"),
        ("", FOX, "A red fox with balloons in a snowy forest"),
        ("", "two cats  on a\nroof.", "Two cats on a roof"),
        ("", "Rain, its smell on wet streets after a long summer", "Rain, its smell on wet streets after a long…"),
        ("", "grandmother and her seven grandchildren baking bread", "Grandmother and her seven grandchildren baking…"),
        ("", "狐" * 60, "狐" * 48 + "…"),
        ("", "", ""),
        ("", None, ""),
    ],
)
def test_a_design_is_called_by_its_title_or_the_beginning_of_its_prompt(title, prompt, name):
    assert name_of(title, prompt) == name
