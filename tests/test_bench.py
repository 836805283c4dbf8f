"""The pure parts of `make bench`: noise, figures, comparison, what the kernel says, and the atlas that grows."""

from pathlib import Path

import pytest

from geodata import Atlas, load_atlas
from tests.bench import growth
from tests.bench.figures import Figure, Session, change, figures_of, is_missed, table, verdict
from tests.bench.measures import MEASURES
from tests.bench.noise import Noise, spin_ms
from tests.bench.reader import targets
from tests.bench.rounds import owner
from tests.bench.server import read_sockets
from tests.browser.servers import copy_of_the_project

CLICK_CPU = MEASURES["click_cpu"]
CLICK_BYTES = MEASURES["click_bytes"]
MARK = MEASURES["mark"]


def session(value: float, spin: float = 60.0) -> Session:
    figures = dict.fromkeys(MEASURES, Figure(value, 0.02))
    return Session("2026-01-01", "2 cores", "Chromium 1", 5, Noise(spin, 0.01, 0.2), figures)


def test_the_noise_is_how_much_the_same_work_varies() -> None:
    quiet, busy = Noise.of([60, 61, 59, 60], 0.1), Noise.of([60, 90, 45, 120], 6)
    assert (quiet.spin_ms, quiet.is_quiet, busy.is_quiet) == (60, True, False)
    assert "60 ms ± 1%" in str(quiet)
    assert "noisy" in str(busy)
    assert spin_ms() > 0


def test_a_figure_is_the_median_of_the_rounds_and_one_outlier_does_not_spread_it() -> None:
    assert Figure.of([10, 10.1, 9.9, 10, 80]).median == 10
    assert Figure.of([10, 10.1, 9.9, 10, 80]).spread < 0.02
    assert Figure.of([0, 0, 0]) == Figure(0, 0)
    assert figures_of([{"mark": 1.0}, {"mark": 3.0}])["mark"].median == 2


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (Figure(10.5, 0), Figure(10, 0), ""),  # less than any such difference means
        (Figure(12, 0), Figure(10, 0), "worse"),
        (Figure(8, 0), Figure(10, 0), "better"),
        (Figure(12, 0.1), Figure(10, 0.1), ""),  # the rounds themselves differed as much
        (Figure(12, 0), Figure(0, 0), ""),
    ],
)
def test_a_difference_counts_only_beyond_the_noise(now: Figure, then: Figure, said: str) -> None:
    assert verdict(CLICK_CPU, now, then, speed=1) == said


def test_times_are_compared_as_if_both_machines_were_equally_fast_and_bytes_and_frames_as_they_are() -> None:
    now, then = Figure(20, 0), Figure(10, 0)
    assert change(CLICK_CPU, now, then, speed=2) == 0
    assert change(CLICK_BYTES, now, then, speed=2) == 1
    assert change(MARK, now, then, speed=2) == 1


def test_a_goal_may_be_reached_exactly() -> None:
    assert not is_missed(CLICK_CPU, Figure(15, 0))
    assert is_missed(CLICK_CPU, Figure(15.1, 0))
    assert not is_missed(MEASURES["start"], Figure(1e9, 0))
    assert {key for key, measure in MEASURES.items() if measure.is_gate} == {
        "click_cpu",
        "click_bytes",
        "new_bytes",
        "new_ours",
    }


def test_a_session_is_read_as_it_was_written(tmp_path: Path) -> None:
    session(3).write(tmp_path / "figures.json")
    assert Session.read(tmp_path / "figures.json") == session(3)


def test_the_table_has_a_row_for_each_measure_and_marks_what_is_worse_or_missed() -> None:
    rows = list(table(session(30), session(20)))
    assert len(rows) == 1 + len(MEASURES)
    cpu = next(row for row in rows if row.startswith(CLICK_CPU.words))
    assert "+50% worse MISSED" in cpu
    assert "worse" not in "".join(table(session(20), None))


def test_the_kernels_counters_are_read_by_connection_and_idle_ones_left_out() -> None:
    said = """\
0  0  127.0.0.1:8501  127.0.0.1:40000
\t cubic wscale:7,7 rto:204 bytes_sent:1500 bytes_acked:1500 bytes_received:200 segs_out:5
0  0  [::1]:8501      [::1]:40002
\t cubic wscale:7,7 rto:204 segs_out:1
0  0  [::1]:8501      [::1]:40004
\t cubic wscale:7,7 rto:204 bytes_sent:7 segs_out:1
"""
    assert read_sockets(said) == {"127.0.0.1:40000": 1700, "[::1]:40004": 7}


@pytest.mark.parametrize(
    ("path", "whose"),
    [
        ("/", "ours"),
        ("/files/0123456789ab/map.js", "ours"),
        ("/static/js/index.js", "streamlit"),
        ("/_stcore/health", "streamlit"),
        ("/component/streamlit_folium.st_folium/index.html", "component"),
    ],
)
def test_each_file_has_an_owner(path: str, whose: str) -> None:
    assert owner(path) == whose


def test_a_click_aims_at_the_vertex_with_most_room_and_expects_the_panels_words(tiny_atlas: Atlas) -> None:
    (aim,) = targets(tiny_atlas, tiny_atlas.lines)
    assert (aim.line, aim.at) == ("sea-east-west", (50.9, 42.8))
    assert aim.heading == "East Port–West Port sea route"
    assert "The ferry carried more than 12,000 tonnes in 2024." in aim.words


def test_a_grown_atlas_is_a_valid_one_of_that_many_lines_and_the_same_are_clicked_in_each(tmp_path: Path) -> None:
    aims = []
    for count in (10, 100):
        copy = copy_of_the_project(tmp_path / str(count))
        aims.append(growth.write_lines(copy, count))
        grown = load_atlas(copy / "geodata")
        assert len(grown.lines) == count
        assert all(aim.at in grown.lines[aim.line].path for aim in aims[-1])
    assert aims[0] == aims[1]
    assert len({aim.heading for aim in aims[0]}) == len(aims[0]) > 1


def test_a_click_may_grow_within_its_limit_and_its_bytes_not_at_all() -> None:
    few = dict.fromkeys(growth.LIMITS, Figure(100, 0.01))
    assert not growth.excess({10: few, 1000: {**few, "panel": Figure(119, 0.01), "click_bytes": Figure(100.5, 0)}})
    assert growth.excess({10: few, 1000: {**few, "click_bytes": Figure(110, 0)}}) == [CLICK_BYTES]
    assert growth.excess({10: few, 1000: {**few, "click_cpu": Figure(140, 0)}}) == [CLICK_CPU]
