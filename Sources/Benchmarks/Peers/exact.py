"""A workload over the rationals: exact.py WORKLOAD REPETITIONS LIBRARY

LIBRARY: python-flint (numbers one by one), python-flint-matrix (dense matrices), gmpy2.
"""

import sys

import workload


def scalars(operations, tokens, number, parts):
    """Numbers one by one, stored weights only."""

    def row(entries):
        return [(column, number(*value)) for column, value in entries]

    zero = number(0, 1)
    program, initial = [], []
    for operation in operations:
        if operation[0] == "linear":
            (rows, _), offset = operation[1:]
            program.append(("linear", [row(r) for r in rows], [number(*b) for b in offset]))
        elif operation[0] == "state":
            (a, _), (b, _), offset, start = operation[1:]
            program.append((
                "state", [row(r) for r in a], [row(r) for r in b],
                [number(*v) for v in offset], len(initial)))
            initial.append([number(*v) for v in start])
        else:
            program.append(operation)
    inputs = [[number(*v) for v in token] for token in tokens]

    def run():
        states = list(initial)
        for token in inputs:
            value = token
            for operation in program:
                kind = operation[0]
                if kind == "linear":
                    result = []
                    for entries, total in zip(operation[1], operation[2]):
                        for column, weight in entries:
                            total = total + weight * value[column]
                        result.append(total)
                    value = result
                elif kind == "state":
                    old, result = states[operation[4]], []
                    for left, right, total in zip(operation[1], operation[2], operation[3]):
                        for column, weight in left:
                            total = total + weight * old[column]
                        for column, weight in right:
                            total = total + weight * value[column]
                        result.append(total)
                    states[operation[4]] = value = result
                elif kind == "relu":
                    value = [v if v > 0 else zero for v in value]
                else:
                    half = len(value) // 2
                    value = [p * q for p, q in zip(value[:half], value[half:])]
        return [parts(v) for v in value]

    return run


def matrices(operations, tokens):
    """Dense matrices of python-flint."""
    from flint import fmpq, fmpq_mat

    def dense(entries, columns):
        matrix = fmpq_mat(len(entries), columns)
        for i, row in enumerate(entries):
            for column, value in row:
                matrix[i, column] = fmpq(*value)
        return matrix

    def column(vector):
        return fmpq_mat(len(vector), 1, [fmpq(*v) for v in vector])

    program, initial = [], []
    for operation in operations:
        if operation[0] == "linear":
            program.append(("linear", dense(*operation[1]), column(operation[2])))
        elif operation[0] == "state":
            program.append((
                "state", dense(*operation[1]), dense(*operation[2]), column(operation[3]),
                len(initial)))
            initial.append(column(operation[4]))
        else:
            program.append(operation)
    inputs = [column(token) for token in tokens]

    def run():
        states = list(initial)
        for token in inputs:
            value = token
            for operation in program:
                kind = operation[0]
                if kind == "linear":
                    value = operation[1] * value + operation[2]
                elif kind == "state":
                    value = operation[1] * states[operation[4]] + operation[2] * value
                    value = value + operation[3]
                    states[operation[4]] = value
                else:
                    numbers = value.entries()
                    if kind == "relu":
                        numbers = [v if v > 0 else fmpq(0) for v in numbers]
                    else:
                        half = len(numbers) // 2
                        numbers = [p * q for p, q in zip(numbers[:half], numbers[half:])]
                    value = fmpq_mat(len(numbers), 1, numbers)
        return [(int(v.p), int(v.q)) for v in value.entries()]

    return run


def main():
    path, repetitions, library = sys.argv[1:]
    operations, tokens = workload.read(path)
    if library == "gmpy2":
        from gmpy2 import mpq
        run = scalars(operations, tokens, mpq, lambda v: (int(v.numerator), int(v.denominator)))
    elif library == "python-flint":
        from flint import fmpq
        run = scalars(operations, tokens, fmpq, lambda v: (int(v.p), int(v.q)))
    else:
        run = matrices(operations, tokens)
    workload.measure(run, int(repetitions))


main()
