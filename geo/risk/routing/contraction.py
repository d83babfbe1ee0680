"""A road graph with its chains of degree-2 nodes contracted: what searches run on.

Contraction depends on which roads meet where and on nothing else, so it is done once per graph.
Costs may then change with every question: a chain's cost is the sum over its arms.

An edge ``e`` is two arms: arm ``2 e`` goes from ``u[e]`` to ``v[e]``, arm ``2 e + 1`` back.  A cost
that is infinite on an arm closes it, so one-way roads and closures need nothing of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, reverse_cuthill_mckee

from geo.hotspots.network.arrays import Floats, Ints, arms_of
from geo.i18n import message

Longs = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Costs:
    """Costs of a contracted graph; of `Contracted.costs`.

    Parameters
    ----------
    given
        By edge (``both``) or by arm.
    forth, back
        Along the chains: of each arm and of the same one backwards, shape ``(edges,)``.
    way
        Of each chain forwards and backwards, shape ``(2 chains,)``.
    both
        Whether both directions cost the same.
    """

    given: Floats
    forth: Floats
    back: Floats
    way: Floats
    both: bool

    def along(self, arms: Ints) -> float:
        """Return what a way costs."""
        return float(self.given[arms >> 1 if self.both else arms].sum())


@dataclass(frozen=True, eq=False)
class Contracted:
    """A road graph of ``nodes`` nodes and ``edges`` edges, contracted to ``kept`` and ``chains``.

    Use :meth:`of`.

    Parameters
    ----------
    u, v
        Ends of each edge, shape ``(edges,)``.
    arm, begin
        Chain ``c`` runs over ``arm[begin[c]:begin[c + 1]]``.
    kept
        Number of the node in the graph by number among the kept ones, shape ``(kept,)``.
    number
        Number among the kept ones by node, −1 inside a chain; shape ``(nodes,)``.
    chain, place
        Inside a chain: which one, and how many of its arms come before the node; −1 elsewhere.
    first, last
        Kept nodes at the ends of each chain.
    start, way, head
        Ways out of a kept node ``n``: ``way[start[n]:start[n + 1]]`` (way ``2 c`` is chain ``c``
        forwards, ``2 c + 1`` backwards) lead to the same part of ``head``.
    """

    u: Ints
    v: Ints
    arm: Ints
    begin: Longs
    kept: Ints
    number: Ints
    chain: Ints
    place: Ints
    first: Ints
    last: Ints
    start: Ints
    way: Ints
    head: Ints

    @classmethod
    def of(cls, u: ArrayLike, v: ArrayLike, node_count: int) -> Contracted:
        """Contract a graph.

        Parameters
        ----------
        u, v
            Ends of each edge.  Parallel edges, loops and several components are allowed.
        node_count
            Number of nodes.

        Returns
        -------
        Contracted
            O(edges log edges) time.

        Raises
        ------
        ValueError
            When an edge ends at a node that does not exist.
        """
        from geo.risk.routing.loops import chains_of  # noqa: PLC0415 - imports numba

        ends = np.asarray(u, dtype=np.int32), np.asarray(v, dtype=np.int32)
        if any(len(end) and (end.min() < 0 or end.max() >= node_count) for end in ends):
            raise ValueError(message("An edge ends at a node that does not exist."))
        chain_arm, begin, chain, place = chains_of(*ends, *arms_of(*ends, node_count))
        kept = np.flatnonzero(place < 0).astype(np.int32)
        number = np.full(node_count, -1, dtype=np.int32)
        number[kept] = np.arange(len(kept), dtype=np.int32)
        tail = number[_tail(*ends, chain_arm[begin[:-1]])]
        head = number[_tail(*ends, chain_arm[begin[1:] - 1] ^ 1)]
        # What is near on the roads is near in memory; geo.hotspots.network.arrays tells why.
        rank = _ranks(tail, head, len(kept))
        tail, head = rank[tail], rank[head]
        order = np.lexsort((np.maximum(tail, head), np.minimum(tail, head)))
        number[kept] = rank
        size = np.diff(begin)[order]
        fresh = np.concatenate([[0], np.cumsum(size)])
        where = np.repeat(begin[:-1][order] - fresh[:-1], size) + np.arange(len(chain_arm))
        renamed = _ranks_of(order)
        chain[chain >= 0] = renamed[chain[chain >= 0]]
        tail, head = tail[order], head[order]
        return cls(
            *ends, chain_arm[where], fresh, kept[_ranks_of(rank)], number, chain, place, tail, head,
            *arms_of(tail, head, len(kept)),
        )  # fmt: skip

    @property
    def node_count(self) -> int:
        """Number of nodes of the graph."""
        return len(self.number)

    @property
    def edge_count(self) -> int:
        """Number of edges of the graph."""
        return len(self.u)

    def costs(self, cost: ArrayLike) -> Costs:
        """Return costs as searches take them.

        Parameters
        ----------
        cost
            At least 0, infinite where closed; shape ``(edges,)`` when both directions cost the
            same, else ``(2 edges,)`` by arm.

        Raises
        ------
        ValueError
            When the shape is another or a cost is negative or not a number.
        """
        given = np.asarray(cost, dtype=np.float64)
        if given.shape not in {(self.edge_count,), (2 * self.edge_count,)}:
            raise ValueError(message("Give one cost per edge or one per arm."))
        if not np.all(given >= 0):
            raise ValueError(message("A cost is below 0 or not a number."))
        if not len(given):
            return Costs(given, given, given, given, both=True)
        both = len(given) == self.edge_count
        forth = given[self.arm >> 1 if both else self.arm]
        back = forth if both else given[self.arm ^ 1]
        whole = [np.add.reduceat(part, self.begin[:-1]) for part in (forth, back)[: 2 - both]]
        return Costs(given, forth, back, np.stack([whole[0], whole[-1]], axis=1).ravel(), both)

    def arms_of_way(self, way: int) -> Ints:
        """Return the arms of a chain in the order of travel."""
        low, high = self.begin[way >> 1], self.begin[(way >> 1) + 1]
        return self.arm[low:high] if way % 2 == 0 else turned(self.arm[low:high])

    def approaches(self, node: int) -> list[tuple[int, Ints]]:
        """Return how one leaves a node: number of the kept node first met, and the arms to it."""
        if self.number[node] >= 0:
            return [(int(self.number[node]), np.empty(0, dtype=np.int32))]
        chain, place = int(self.chain[node]), int(self.place[node])
        arms = self.arms_of_way(2 * chain)
        found = []
        for some in (arms[place:], turned(arms[:place])):
            met = _tail(self.u, self.v, some[-1:] ^ 1)[0]
            found.append((int(self.number[met]), some))
        return found

    def between(self, start: int, goal: int) -> list[Ints]:
        """Return the arms from one node to another that stay inside one chain, if any do."""
        if self.chain[start] < 0 or self.chain[start] != self.chain[goal]:
            return []
        arms = self.arms_of_way(2 * int(self.chain[start]))
        low, high = sorted((int(self.place[start]), int(self.place[goal])))
        inner = arms[low:high]
        return [inner if self.place[start] <= self.place[goal] else turned(inner)]

    @cached_property
    def inner(self) -> Ints:
        """The nodes inside chains."""
        return np.flatnonzero(self.place >= 0).astype(np.int32)

    @cached_property
    def inner_place(self) -> Longs:
        """Place in ``arm`` of the arm that leads to each of ``inner``, going forwards."""
        return np.asarray(self.begin[self.chain[self.inner]] + self.place[self.inner] - 1)

    @cached_property
    def component(self) -> Ints:
        """Connected part of each node, shape ``(nodes,)``; directions do not count."""
        shape = (self.node_count, self.node_count)
        ones = np.ones(self.edge_count, dtype=np.int8)
        joined = coo_array((ones, (self.u, self.v)), shape=shape).tocsr()
        return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int32)


def _tail(u: Ints, v: Ints, arm: Ints) -> Ints:
    """Return the node that each arm leaves."""
    return np.asarray(np.where(arm & 1, v[arm >> 1], u[arm >> 1]), dtype=np.int32)


def _ranks(tail: Ints, head: Ints, count: int) -> Ints:
    """Return the place of each node in reverse Cuthill–McKee order."""
    ends = np.concatenate([tail, head]), np.concatenate([head, tail])
    ones = np.ones(len(ends[0]), dtype=np.int8)
    adjacent = coo_array((ones, ends), shape=(count, count)).tocsr()
    order = reverse_cuthill_mckee(adjacent, symmetric_mode=True) if count else ends[0]
    return _ranks_of(order)


def _ranks_of(order: NDArray[np.integer]) -> Ints:
    """Return the place of each number in an order of them all."""
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank


def turned(arms: Ints) -> Ints:
    """Return a way travelled from its end to its beginning."""
    return arms[::-1] ^ 1
