import itertools

from hypothesis import given
from hypothesis import strategies as st

from geo.order import order
from geo.windows import contradictions, narrowed

INF = float("inf")
ANY = (-INF, INF)

bounds = st.integers(0, 8).map(float)
windows = st.one_of(
    st.just(ANY),
    st.tuples(bounds, st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    st.tuples(bounds, st.just(INF)),
    st.tuples(st.just(-INF), bounds),
)
events = st.integers(0, 7).flatmap(
    lambda count: st.tuples(
        st.lists(windows, min_size=count, max_size=count),
        st.lists(st.lists(st.integers(0, max(count - 1, 0)), max_size=2), min_size=count, max_size=count),
    )
)


def by_order(after):
    count = len(after)
    return order([str(i) for i in range(count)], [[str(i) for i in cell] for cell in after], range(2, count + 2))[0]


def chain(count):
    return by_order([[]] * count)


def reaches(found, early, late):
    return early == late or any(reaches(found, early, other) for other in found.before[late])


def agree(first, second):
    """Whether an instant in `first` can come before or with one in `second`; windows are half-open unless exact."""
    return first[0] < second[1] or (first[0] == second[1] and second[0] == second[1])


def consistent(found, kept):
    return all(agree(kept[i], kept[j]) for i in kept for j in kept if i != j and reaches(found, i, j))


@given(events)
def test_what_is_kept_agrees_and_nothing_left_out_would(case):
    every, after = case
    found = by_order(after)
    out = [one.event for one in contradictions(found, every)]
    kept = {i: window for i, window in enumerate(every) if i not in out}
    assert consistent(found, kept)
    assert len(set(out)) == len(out)


@given(st.lists(windows, max_size=7))
def test_along_the_rows_as_few_as_possible_are_left_out(every):
    found = chain(len(every))
    out = contradictions(found, every)
    for size in range(len(every), -1, -1):
        if any(
            consistent(found, {i: every[i] for i in some}) for some in itertools.combinations(range(len(every)), size)
        ):
            assert len(out) == len(every) - size
            break


@given(events)
def test_path_of_a_contradiction_follows_the_order_between_two_windows_that_exclude_each_other(case):
    every, after = case
    found = by_order(after)
    for one in contradictions(found, every):
        first, last = one.path[0], one.path[-1]
        assert {first, last} == {one.event, one.other}
        assert not agree(every[first], every[last])
        assert all(early in found.before[late] for early, late in itertools.pairwise(one.path))


@given(events)
def test_narrowed_windows_are_consistent_with_every_constraint(case):
    every, after = case
    found = by_order(after)
    for one in contradictions(found, every):
        every[one.event] = ANY
    earliest, latest = narrowed(found, every)
    for i, window in enumerate(every):
        assert window[0] <= earliest[i] <= latest[i] <= window[1]
        assert all(earliest[j] <= earliest[i] and latest[j] <= latest[i] for j in found.before[i])


@given(events, st.data())
def test_adding_a_constraint_never_widens_a_window(case, data):
    every, after = case
    found = by_order(after)
    before = narrowed(found, every)
    if not every:
        return
    i = data.draw(st.integers(0, len(every) - 1))
    tighter = [*every]
    own = data.draw(windows)
    tighter[i] = (max(every[i][0], own[0]), min(every[i][1], own[1]))
    linked = [list(others) for others in found.before]
    early, late = sorted(data.draw(st.tuples(*[st.integers(0, len(every) - 1)] * 2)))
    if early != late:
        linked[found.sequence[late]].append(found.sequence[early])
    for other in (narrowed(found, tighter), narrowed(found._replace(before=linked), every)):
        assert all(new >= old for new, old in zip(other[0], before[0], strict=True))
        assert all(new <= old for new, old in zip(other[1], before[1], strict=True))


def test_one_wrong_early_date_is_found_however_many_follow_it():
    days = [(d, d + 1.0) for d in (1.0, 80.0, 2.0, 3.0, 4.0)]
    (only,) = contradictions(chain(5), days)
    assert (only.event, only.other, only.path) == (1, 2, [1, 2])


def test_of_two_that_contradict_each_other_the_one_further_down_is_left_out():
    assert [one.event for one in contradictions(chain(2), [(3.0, 3.0), (2.0, 2.0)])] == [1]


def test_row_with_after_yields_to_the_order_of_the_rows():
    found = by_order([[], [], [0], [], [2, 3]])
    every = [(1.0, 2.0), (2.0, 3.0), (80.0, 81.0), (3.0, 4.0), (4.0, 5.0)]
    assert [(one.event, one.path) for one in contradictions(found, every)] == [(2, [2, 4])]


def test_window_that_ends_where_an_exact_one_stands_is_a_contradiction_behind_it_and_none_before_it():
    assert contradictions(chain(2), [(3.0, 3.0), (2.0, 3.0)])
    assert not contradictions(chain(2), [(2.0, 3.0), (3.0, 3.0)])


def test_ten_thousand_contradictions_are_found():
    every = [(float(i * 7919 % 10_007), float(i * 7919 % 10_007 + 5)) for i in range(10_000)]
    assert len(contradictions(chain(10_000), every)) > 9000
