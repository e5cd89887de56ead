"""Reads a workload: a path of operations, and tokens. Format: docs/performance.md.

Numbers are written p/q. Every peer does the same work and prints

    seconds S       of one run over all tokens, one line for each repetition
    numbers P/Q ... of the last output, exact numbers only
"""

import sys
import time


class Words:
    def __init__(self, path):
        with open(path) as file:
            self.words = iter(file.read().split())

    def word(self):
        return next(self.words)

    def count(self):
        return int(next(self.words))

    def ratio(self):
        numerator, _, denominator = next(self.words).partition("/")
        return int(numerator), int(denominator or 1)

    def matrix(self):
        """Rows of (column, (numerator, denominator)), and the number of columns."""
        rows, columns = self.count(), self.count()
        entries = [
            [(self.count(), self.ratio()) for _ in range(self.count())] for _ in range(rows)
        ]
        return entries, columns

    def vector(self):
        return [self.ratio() for _ in range(self.count())]


def read(path):
    """A list of operations, and the tokens."""
    words = Words(path)
    operations = []
    for _ in range(words.count()):
        kind = words.word()
        if kind == "linear":
            operations.append((kind, words.matrix(), words.vector()))
        elif kind == "state":
            operations.append(
                (kind, words.matrix(), words.matrix(), words.vector(), words.vector()))
        elif kind in ("relu", "multiply"):
            operations.append((kind,))
        else:
            sys.exit(f"unknown operation {kind}")
    tokens = [words.vector() for _ in range(words.count())]
    return operations, tokens


def text(numbers):
    """Of pairs of a numerator and a denominator, in lowest terms."""
    return " ".join(f"{n}/{d}" if d != 1 else str(n) for n, d in numbers)


def measure(run, repetitions):
    """Times `run`, which returns its last output as pairs, or None."""
    for _ in range(repetitions):
        start = time.process_time()
        last = run()
        print("seconds", time.process_time() - start)
    if last is not None:
        print("numbers", text(last))
