import ExactArithmetic

extension ProgramBuilder {
  /// The step from 0 to 1 with a ramp: 0 for x ≤ 0, μx on [0, 1/μ], 1 for x ≥ 1/μ, elementwise.
  ///
  /// ReLU(μx) − μ ReLU(x − 1/μ). Note the strict side: the step of 0 is 0. Throws unless μ > 0.
  /// Source: the paper, appendix F.
  public mutating func f_step(
    _ x: some Operand, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    try requirePositive(mu, "mu")
    let written = mu
    let constant = takeConstant(written: written)
    let mu = constant.value
    let x = try x.vector(in: &self)
    let size = x.dimension
    let ramps = AffineMap(
      .stacked([.broadcasting(size, to: size, times: mu), .identity(size)]),
      offset: Array(repeating: 0, count: size) + Array(repeating: -mu.reciprocal, count: size))
    let rising = try ReLU(Linear(x, ramps))
    let capped = Matrix.beside([.identity(size), .broadcasting(size, to: size, times: -mu)])
    let step = try Linear(rising, AffineMap(capped), known: x.ranges.map { $0.stepped(mu: mu) })
    record(constant, written: written, .steepness(source: x.node), result: step)
    return step
  }

  /// 1 if x ≥ y + 1/μ, 0 if x ≤ y, the ramp between: f_step(x − y).
  public mutating func f_larger(
    _ x: some Operand, _ y: some Operand, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    try f_step(difference(x, y), mu: mu)
  }

  /// 1 if x ≤ y − 1/μ, 0 if x ≥ y, the ramp between: f_step(y − x).
  public mutating func f_smaller(
    _ x: some Operand, _ y: some Operand, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    try f_step(difference(y, x), mu: mu)
  }

  /// 1 for x in [l + 1/μ, u], 0 outside of (l, u + 1/μ), ramps between: f_step(x − l) −
  /// f_step(x − u).
  ///
  /// That holds for l ≤ u. Where l > u the value is between −1 and 0, so that only a known l ≤ u
  /// makes the range of the result [0, 1].
  public mutating func f_bump(
    _ x: some Operand, l lower: some Operand, u upper: some Operand,
    mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    let x = try x.vector(in: &self)
    let entered = try f_larger(x, lower, mu: mu)
    let left = try f_larger(x, upper, mu: mu)
    let size = max(entered.dimension, left.dimension)
    guard [1, size].contains(entered.dimension), [1, size].contains(left.dimension) else {
      throw BuildError(
        "expected equal dimensions, found \(entered.dimension) and \(left.dimension)")
    }
    let both = try Concat([entered, left])
    let inside = Matrix.beside([
      .broadcasting(entered.dimension, to: size),
      .broadcasting(left.dimension, to: size, times: -1),
    ])
    let known = (0..<size).map { index in
      let width = upper.range(index) - lower.range(index)
      return Interval(width.isNonnegative ? 0 : -1, 1)
    }
    return try Linear(both, AffineMap(inside), known: known)
  }
}

extension LibraryFunction {
  static let step = LibraryFunction(
    id: "f_step", parameters: [.vector("x"), .mu],
    definition: "ReLU(mu x) - mu ReLU(x - 1/mu)",
    meaning: "0 for x <= 0, the ramp mu x on [0, 1/mu], 1 for x >= 1/mu"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_step(arguments.vector("x"), mu: arguments.number("mu"))
  }

  static let larger = LibraryFunction(
    id: "f_larger", parameters: [.vector("x"), .vector("y"), .mu],
    definition: "f_step(x - y)",
    meaning: "1 if x >= y + 1/mu, 0 if x <= y"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_larger(
      arguments.vector("x"), arguments.vector("y"), mu: arguments.number("mu"))
  }

  static let smaller = LibraryFunction(
    id: "f_smaller", parameters: [.vector("x"), .vector("y"), .mu],
    definition: "f_step(y - x)",
    meaning: "1 if x <= y - 1/mu, 0 if x >= y"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_smaller(
      arguments.vector("x"), arguments.vector("y"), mu: arguments.number("mu"))
  }

  static let bump = LibraryFunction(
    id: "f_bump", parameters: [.vector("x"), .vector("l"), .vector("u"), .mu],
    definition: "f_step(x - l) - f_step(x - u)",
    meaning: "for l <= u: 1 on [l + 1/mu, u], 0 outside (l, u + 1/mu); for l > u it is <= 0"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_bump(
      arguments.vector("x"), l: arguments.vector("l"), u: arguments.vector("u"),
      mu: arguments.number("mu"))
  }
}
