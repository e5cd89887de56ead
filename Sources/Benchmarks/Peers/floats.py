"""A workload in floats, many sequences side by side: floats.py WORKLOAD REPETITIONS TYPE BATCH

scipy's sparse matrices times dense ones of BATCH columns; TYPE is float32 or float64. Every
sequence has the same tokens, which changes nothing for the time.
"""

import sys

import numpy as np
from scipy import sparse

import workload


def main():
    path, repetitions, name, batch = sys.argv[1:]
    kind, batch = np.dtype(name), int(batch)
    operations, tokens = workload.read(path)

    def matrix(entries, columns):
        data, indices, starts = [], [], [0]
        for row in entries:
            indices += [column for column, _ in row]
            data += [n / d for _, (n, d) in row]
            starts.append(len(data))
        return sparse.csr_matrix(
            (np.array(data, dtype=kind), indices, starts), shape=(len(entries), columns))

    def block(vector):
        column = np.array([n / d for n, d in vector], dtype=kind)
        return np.ascontiguousarray(np.repeat(column[:, None], batch, axis=1))

    program, initial = [], []
    for operation in operations:
        if operation[0] == "linear":
            program.append(("linear", matrix(*operation[1]), block(operation[2])))
        elif operation[0] == "state":
            program.append((
                "state", matrix(*operation[1]), matrix(*operation[2]), block(operation[3]),
                len(initial)))
            initial.append(block(operation[4]))
        else:
            program.append(operation)
    inputs = [block(token) for token in tokens]

    def run():
        states = list(initial)
        for token in inputs:
            value = token
            for operation in program:
                kind = operation[0]
                if kind == "linear":
                    value = operation[1] @ value
                    value += operation[2]
                elif kind == "state":
                    result = operation[1] @ states[operation[4]]
                    result += operation[2] @ value
                    result += operation[3]
                    states[operation[4]] = value = result
                elif kind == "relu":
                    value = np.maximum(value, 0)
                else:
                    half = value.shape[0] // 2
                    value = value[:half] * value[half:]
        print("last", *value[:, 0])

    workload.measure(run, int(repetitions))


main()
