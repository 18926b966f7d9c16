#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-circles.py NM LIBRARY...: no two sources of a library call each other, directly or by way of others.

Read from the symbols of the built libraries, so that no declaration somewhere else hides a call. Prints TAP.
"""

import re
import subprocess
import sys
from collections import defaultdict

# A table that is looked up from below: its rows stand on everything, and everything asks it for a row.
LOOKED_UP = {"lrp_op_get"}


def read(nm, library):
    """Returns {source: symbols it needs} and {symbol: source that defines it}."""
    needs, defined, member = defaultdict(set), {}, None
    for line in subprocess.run([nm, library], check=True, capture_output=True, text=True).stdout.splitlines():
        if title := re.match(r"(?:.*[/])?(\S+)\.c\.o:$", line):
            member = title[1].replace("_", "/", 1)
        elif symbol := re.match(r"[0-9a-f]* +([A-Za-z]) (\S+)$", line):
            if symbol[1] == "U":
                needs[member].add(symbol[2])
            elif symbol[1].isupper():
                defined[symbol[2]] = member
    return needs, defined


def circles(graph):
    """Returns the sets of more than one node from each of which one comes to every other (Tarjan, without recursion)."""
    index, low, stack, found = {}, {}, [], []
    for root in sorted(graph):
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(sorted(graph[root])))]
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    work.append((target, iter(sorted(graph.get(target, ())))))
                    break
                if target in stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    circle = stack[stack.index(node):]
                    del stack[stack.index(node):]
                    if len(circle) > 1:
                        found.append(sorted(circle))
    return found


def main(nm, *libraries):
    failed = 0
    for number, library in enumerate(libraries, 1):
        needs, defined = read(nm, library)
        graph = {source: {defined[symbol] for symbol in symbols - LOOKED_UP
                          if symbol in defined and defined[symbol] != source} for source, symbols in needs.items()}
        found = circles(graph) if graph else [["nothing was read"]]
        for circle in found:
            print("#", " <-> ".join(circle))
        failed += bool(found)
        print("not ok" if found else "ok", number, "/circles/" + re.sub(r".*/lib|\.a$", "", library))
    print(f"1..{len(libraries)}")
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
