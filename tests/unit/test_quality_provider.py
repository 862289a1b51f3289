import pytest

from newsdesk.stages import quality_provider


@pytest.mark.parametrize(
    ("voice", "points"),
    [
        (None, quality_provider.UNKNOWN),
        (1.0, quality_provider.RECORD),
        (0.8, 0.6),
        (0.5, -3),
    ],
)
def test_what_a_provider_has_shown_becomes_points(voice, points):
    assert quality_provider.part(voice).points == points


def test_the_weight_is_told():
    assert "weigh 85%" in quality_provider.part(0.85).why
    assert "nothing to object to" in quality_provider.part(1.0).why
