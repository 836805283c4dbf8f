"""Lengths, bounds and positions along a line."""

import pytest

from geodata.geometry import bounds, distance_km, length_km, point_along

BAKU = (49.85, 40.38)
AKTAU = (51.222, 43.6)
ALONG_THE_EQUATOR = ((0.0, 0.0), (1.0, 0.0), (4.0, 0.0))


def test_a_degree_of_longitude_on_the_equator_has_the_ellipsoids_length() -> None:
    assert distance_km((0.0, 0.0), (1.0, 0.0)) == pytest.approx(111.3195, abs=0.0001)


def test_coordinates_are_longitude_then_latitude() -> None:
    assert distance_km((0.0, 0.0), (0.0, 1.0)) == pytest.approx(110.5744, abs=0.0001)


def test_a_length_is_the_sum_of_its_pieces_in_either_direction() -> None:
    there = length_km((BAKU, (50.5, 42.0), AKTAU))
    assert there == pytest.approx(distance_km(BAKU, (50.5, 42.0)) + distance_km((50.5, 42.0), AKTAU))
    assert there == pytest.approx(length_km((AKTAU, (50.5, 42.0), BAKU)))


def test_a_single_point_has_no_length() -> None:
    assert length_km([BAKU]) == 0


def test_bounds_are_west_south_east_north() -> None:
    assert bounds([AKTAU, BAKU, (50.0, 41.0)]) == (49.85, 40.38, 51.222, 43.6)


def test_no_points_have_no_bounds() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        bounds([])


@pytest.mark.parametrize(("share", "lon"), [(0.0, 0.0), (0.125, 0.5), (0.25, 1.0), (0.5, 2.0), (1.0, 4.0)])
def test_a_point_along_lies_at_its_share_of_the_length(share: float, lon: float) -> None:
    assert point_along(ALONG_THE_EQUATOR, share) == pytest.approx((lon, 0.0), abs=1e-9)


def test_a_repeated_vertex_does_not_stop_the_way_along() -> None:
    assert point_along(((0.0, 0.0), (0.0, 0.0), (2.0, 0.0)), 0.5) == pytest.approx((1.0, 0.0))


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_outside_the_path_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        point_along(ALONG_THE_EQUATOR, share)
