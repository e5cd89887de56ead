/// Program texts that several suites read.
enum TextPrograms {
  static let moreOnesThanZeros = """
    # Outputs 1 when there have been more 1s than 0s so far (the paper's Figure 1).
    mu = 10
    ForEach:
      input   = Input(dim=1)
      ctr1s   = LinState(input, A=[[1]], B=[[1]], init_state=[[0]])
      is_zero = f_not(input)
      ctr0s   = LinState(is_zero, A=[[1]], B=[[1]], init_state=[[0]])
      return f_larger(ctr1s, ctr0s, mu=mu)
    """

  /// Listing 1: the first token is the query; each further one is a cell of a grid.
  static let continuous = """
    d_in = 2
    d_out = 1
    mu = 1000
    lambda = 1e10
    variant = "direct"
    ForEach:
      x = Input(dim=1 + d_in + d_out)
      counter = LinState(f_constant(x, 1), A=[[1]], B=[[1]], init_state=[0])
      is_prompt = f_larger(counter, 1.5, mu=mu)
      asked = f_ifelse(is_prompt, 0, x[:d_in], variant=variant, lambda=lambda, mu=mu)
      query = LinState(asked, A=eye(d_in), B=eye(d_in))
      lower = x[1:d_in + 1]
      in_sides = f_bump(query, lower, lower + x[0], mu=mu)
      in_cell = f_larger(sum([in_sides[i] for i in range(d_in)]), d_in - 1/2, mu=mu)
      value = f_ifelse(in_cell, x[d_in + 1:], 0, variant=variant, lambda=lambda, mu=mu)
      return LinState(value, A=eye(d_out), B=eye(d_out))
    """

  /// Listing 2: n query tokens, then pairs of a key and a value of n tokens each; the last n
  /// outputs are the value whose key is the query.
  static let dictionary = """
    n = 2
    mu = 1000
    lambda = 1e10
    variant = "direct"
    ForEach:
      x = Input(dim=1)
      counter = LinState(f_constant(x, 1), A=[[1]], B=[[1]], init_state=[-1])
      place = f_one_hot_counter(n)                  # e_i at position i of a key or a value
      is_prompt = f_larger(counter, n - 1/2, mu=mu)
      comparing = f_larger(f_modulo_counter(2 * n), n - 1/2, mu=mu)
      copying = f_and(is_prompt, f_not(comparing), mu=mu)

      asked = f_ifelse(f_and(f_not(is_prompt), place, mu=mu), x, 0,
                       variant=variant, lambda=lambda, mu=mu)
      query = LinState(asked, A=eye(n), B=eye(n))
      wanted = sum([f_ifelse(place[i], query[i], 0, variant=variant, lambda=lambda, mu=mu)
                    for i in range(n)])
      is_equal = f_and(f_larger(x, wanted - 1/2, mu=mu), f_smaller(x, wanted + 1/2, mu=mu), mu=mu)
      match = f_and(is_equal, comparing, mu=mu)
      matches = LinState(match, A=shift(n + 1), B=[[0] for i in range(n)] + [[1]])
      all_match = f_larger(sum([matches[i] for i in range(n)]), n - 1/2, mu=mu)
      starts = f_and(f_and(all_match, copying, mu=mu), place[0], mu=mu)
      start = f_ifelse(starts, counter, 0, variant=variant, lambda=lambda, mu=mu)
      started_on = LinState(start, A=[[1]], B=[[1]])
      is_found = f_larger(started_on, 1/2, mu=mu)
      is_value = f_and(is_found, f_smaller(counter, started_on + n - 1/2, mu=mu), mu=mu)
      found = f_ifelse(f_and(is_value, place, mu=mu), x, 0,
                       variant=variant, lambda=lambda, mu=mu)
      value = LinState(found, A=eye(n), B=eye(n))
      return sum([f_ifelse(place[i], value[i], 0, variant=variant, lambda=lambda, mu=mu)
                  for i in range(n)])
    """

  /// Everything by comprehension.
  static let delayLine = """
    n = 4
    scale = 1/2
    weights = [scale ** i for i in range(n)]   # 1, 1/2, 1/4, 1/8
    ForEach:
      x = Input(dim=1, range=[-1, 1])
      past = LinState(x, A=shift(n), B=[[0] for i in range(n - 1)] + [[1]])
      taps = [past[-1 - i] * weights[i] for i in range(n)]
      unused = ReLU(x)
      return sum(taps)
    """

  static let all = [moreOnesThanZeros, continuous, dictionary, delayLine]
}
