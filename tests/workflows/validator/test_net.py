"""The net that the kinds of steps describe."""

from itertools import product

from tests.workflows.steps import parallel, pause, task
from tests.workflows.validator.nets import package_of
from workflows.definition import ServicePackage
from workflows.validator.net import circles, net_of


def net(*nodes):
    package = ServicePackage.model_validate(package_of(*nodes))
    return net_of(package.workflow, package.nodes)


def test_what_is_set_on_a_step_is_reached_from_it():
    late = {"key": "late", "type": "deadline", "on": "a", "after": {"days": 1}, "next": "over"}
    leaves = {**late, "key": "leaves", "interrupting": True, "next": "refused"}
    found = net(task("a", "done"), late, leaves)
    main = found.main()
    assert main == {"applied", "a", "done", "leaves", "refused"}
    assert found.paths_beside(main) == {"late", "over"}


def test_links_to_nowhere_are_left_out():
    found = net(parallel("both", "a", "nowhere"), pause("a", "done"))
    assert [move.to for move in found.moves["both"]] == [("a",)]


def test_many_names_are_cut():
    found = net(*(task(f"s{n}", f"s{n + 1}") for n in range(8)), task("s8", "done"))
    assert found.names(["s1", "s2"]) == '"S1", "S2"'
    assert found.names(f"s{n}" for n in range(8)).endswith('"S4" and 3 more')


def test_circles_are_those_that_a_slow_search_finds():
    keys = "abcd"
    pairs = list(product(keys, keys))
    for number in range(0, 1 << len(pairs), 97):  # every ninety-seventh of all graphs of four steps
        edges = [pair for bit, pair in enumerate(pairs) if number >> bit & 1]
        links = {key: [b for a, b in edges if a == key] for key in keys}
        found = {frozenset(circle) for circle in circles(keys, links)}
        assert found == slow_circles(keys, links)


def slow_circles(keys, links):
    reach = {key: set(links[key]) for key in keys}
    for middle, a in product(keys, keys):
        if middle in reach[a]:
            reach[a] |= reach[middle]
    for middle, a in product(keys, keys):
        if middle in reach[a]:
            reach[a] |= reach[middle]
    return {
        frozenset(other for other in keys if other in reach[key] and key in reach[other])
        for key in keys
        if key in reach[key]
    }
