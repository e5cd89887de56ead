"""A workload in the reference's numeric mode, one sequence:

    reference.py WORKLOAD REPETITIONS FOLDER

FOLDER holds the reference: the package lsrl of https://github.com/AleksandarPetrov/LSRL. The path
is built of its own variables, and its own ForEach runs it over all tokens. Prints the outputs of
all tokens, one after the other.
"""

import sys

import numpy as np
from scipy import sparse

import workload


def build(lsrl, operations, dimension):
    """The path's last variable."""

    def matrix(entries, columns):
        data, indices, starts = [], [], [0]
        for row in entries:
            indices += [column for column, _ in row]
            data += [n / d for _, (n, d) in row]
            starts.append(len(data))
        return lsrl.Matrix(sparse.csr_array(
            (np.array(data, dtype=float), indices, starts), shape=(len(entries), columns)))

    def column(vector):
        return lsrl.Matrix(np.array([[n / d] for n, d in vector], dtype=float))

    variable = lsrl.Input(dim=dimension)
    for operation in operations:
        if operation[0] == "linear":
            variable = lsrl.Linear(variable, A=matrix(*operation[1]), b=column(operation[2]))
        elif operation[0] == "state":
            a, b, offset, initial = operation[1:]
            variable = lsrl.LinState(
                variable, A=matrix(*a), B=matrix(*b), init_state=column(initial),
                bias=column(offset))
        elif operation[0] == "relu":
            variable = lsrl.ReLU(variable)
        else:
            variable = lsrl.Multiplicative(variable)
    return variable


def main():
    path, repetitions, folder = sys.argv[1:]
    sys.path.insert(0, folder)
    import lsrl

    operations, tokens = workload.read(path)
    sequence = np.array([[n / d for n, d in token] for token in tokens], dtype=float).T
    with lsrl.matrix_mode(lsrl.MatrixMode.NUMERIC):
        loop = lsrl.ForEach(build(lsrl, operations, len(sequence)), verbose=False)
        outputs = None

        def run():
            nonlocal outputs
            loop.reset()
            outputs = loop(sequence)

        workload.measure(run, int(repetitions))
        print("outputs", *(float(number) for number in outputs.numpy().T.flatten()))


main()
