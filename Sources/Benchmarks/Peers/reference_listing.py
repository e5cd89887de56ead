"""Listing 2 as the reference's users write it:

    reference_listing.py FOLDER [LENGTH [PAIRS [debranched]]]

FOLDER holds the reference, as for reference.py. The program is built of the reference's own
functions, with registers and counters that count from 0, and runs in its numeric mode as it was
built, with all its branches, or debranched by the reference. Prints how many variables it has and
tokens for each second of processor time; fails if the outputs that matter are not the value behind
the key.
"""

import random
import sys
import time

import numpy as np


def listing(lsrl, length):
    """The output of Listing 2, direct variant, for keys and values of `length` digits."""
    Matrix, larger, smaller, both = lsrl.Matrix, lsrl.f_larger, lsrl.f_smaller, lsrl.f_and

    def accumulate(update, dim=1, start=0):
        return lsrl.LinState(
            update, A=Matrix.eye(dim), B=Matrix.eye(dim),
            init_state=Matrix.ones(dim, 1) * start)

    def choose(condition, value):
        return lsrl.f_ifelse(condition, t_val=value, f_val=value * 0)

    def total(parts):
        return lsrl.Linear(
            lsrl.Concat(parts), A=Matrix.ones(1, len(parts)), b=Matrix.zeros(1, 1))

    token = lsrl.Input(dim=1)
    counter = accumulate(lsrl.f_constant(token, 1), start=-1)
    place = lsrl.f_modulo_counter(token, length)
    is_prompt = larger(counter, length - 0.5)
    is_key = larger(lsrl.f_modulo_counter(token, 2 * length), length - 0.5)
    is_value = both(is_prompt, lsrl.f_not(is_key))
    turns = [both(larger(place, i - 0.5), smaller(place, i + 0.5)) for i in range(length)]

    asked = choose(smaller(is_prompt, 0.5), token)
    query = accumulate(lsrl.Concat([choose(turn, asked) for turn in turns]), dim=length)
    wanted = total([choose(turn, query[i]) for i, turn in enumerate(turns)])
    equal = both(larger(token, wanted - 0.5), smaller(token, wanted + 0.5))
    shift = np.eye(length + 1, k=1)
    newest = np.eye(length + 1)[:, -1:]
    last = lsrl.LinState(
        both(equal, is_key), A=Matrix(shift), B=Matrix(newest),
        init_state=Matrix.zeros(length + 1, 1))
    older = lsrl.Linear(
        last, A=Matrix(np.array([[1] * length + [0]])), b=Matrix.zeros(1, 1))
    found = both(larger(older, length - 0.5), both(is_value, smaller(place, 0.5)))
    started = accumulate(choose(found, counter))
    copying = both(is_value, smaller(counter, started + length))
    values = [accumulate(choose(both(copying, turn), token)) for turn in turns]
    return total([choose(turn, value) for turn, value in zip(turns, values)])


def main():
    folder, *sizes = sys.argv[1:]
    length = int(sizes[0]) if sizes else 3
    pairs = int(sizes[1]) if len(sizes) > 1 else 20
    sys.path.insert(0, folder)
    import lsrl

    draw = random.Random(1)
    keys = draw.sample(range(10**length), pairs)
    digits = [[int(digit) for digit in f"{key:0{length}}"] for key in keys]
    values = [[draw.randrange(10) for _ in range(length)] for _ in keys]
    tokens = digits[-1] + [token for pair in zip(digits, values) for token in pair[0] + pair[1]]
    with lsrl.matrix_mode(lsrl.MatrixMode.NUMERIC):
        loop = lsrl.ForEach(listing(lsrl, length), verbose=False)
        if sizes[2:] == ["debranched"]:
            start = time.process_time()
            loop.simplify(max_steps=20_000)
            print(f"debranched in {time.process_time() - start:.3g} s")
        start = time.process_time()
        outputs = loop(np.array([tokens], dtype=float)).numpy()[0]
        seconds = time.process_time() - start
    print(f"{loop.graph().number_of_nodes()} variables, {len(tokens) / seconds:.3g} tokens/s")
    if np.abs(outputs[-length:] - values[-1]).max() > 0.1:
        sys.exit(f"outputs {outputs[-length:]}, but the value is {values[-1]}")


main()
