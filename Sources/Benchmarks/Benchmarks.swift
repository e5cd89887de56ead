// What `lsrl-check bench` measures, and the peers beside it.
