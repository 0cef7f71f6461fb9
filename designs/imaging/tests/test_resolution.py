import pytest

from designs.imaging.crop import Focus
from designs.imaging.resolution import effective_dpi, resolution_warning


def dpi(width, height, **focus):
    return effective_dpi(model_w_px=width, model_h_px=height, area_w_px=1538, area_h_px=2175, focus=Focus(**focus))


@pytest.mark.parametrize(
    ("model", "expected"),
    [((1538, 2175), 300), ((1537, 2175), 299), ((1024, 1536), 199), ((2048, 2048), 282), ((512, 768), 99)],
)
def test_dpi_comes_from_the_models_own_pixels(model, expected):
    assert dpi(*model) == expected


def test_zoom_costs_resolution():
    assert dpi(3076, 4350) == 600
    assert dpi(3076, 4350, zoom=2) == 300


@pytest.mark.parametrize(
    ("dots", "level"),
    [(600, None), (300, None), (299, None), (200, None), (199, "warn"), (150, "warn"), (149, "block")],
)
def test_policy_lets_pass_warns_or_blocks(dots, level):
    warning = resolution_warning(dots)

    assert (warning.level if warning else None) == level


def test_a_warning_says_what_it_is_about():
    assert resolution_warning(160).code == "low_resolution"
    assert resolution_warning(160).message == "This picture will print at 160 dpi and may look soft."
    assert resolution_warning(90).code == "too_low_resolution"
