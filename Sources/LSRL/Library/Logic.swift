import ExactArithmetic

extension ProgramBuilder {
  /// 1 − x: NOT for x ∈ {0, 1}.
  public mutating func f_not(_ x: some Operand) throws(BuildError) -> Wire {
    try difference(1, x)
  }

  /// ReLU(f_step(x) + f_step(y) − 1): AND for x, y ∈ {0, 1} if μ ≥ 1.
  ///
  /// More exactly f_step(x) where y ≥ 1/μ, and 0 where x ≤ 0 or y ≤ 0. For μ = 1/2, the AND of 1
  /// and 1 is 0.
  public mutating func f_and(
    _ x: some Operand, _ y: some Operand, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    let both = try add(f_step(x, mu: mu), f_step(y, mu: mu))
    return try ReLU(shift(both, by: -1))
  }

  /// f_step(x + y): OR for x, y ∈ {0, 1} if μ ≥ 1.
  public mutating func f_or(
    _ x: some Operand, _ y: some Operand, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    let sum = try add(x.vector(in: &self), y.vector(in: &self))
    return try f_step(sum, mu: mu)
  }
}

extension LibraryFunction {
  static let not = LibraryFunction(
    id: "f_not", parameters: [.vector("x")],
    definition: "1 - x",
    meaning: "NOT for x in {0, 1}"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_not(arguments.vector("x"))
  }

  static let and = LibraryFunction(
    id: "f_and", parameters: [.vector("x"), .vector("y"), .mu],
    definition: "ReLU(f_step(x) + f_step(y) - 1)",
    meaning: "AND for x, y in {0, 1} and mu >= 1"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_and(
      arguments.vector("x"), arguments.vector("y"), mu: arguments.number("mu"))
  }

  static let or = LibraryFunction(
    id: "f_or", parameters: [.vector("x"), .vector("y"), .mu],
    definition: "f_step(x + y)",
    meaning: "OR for x, y in {0, 1} and mu >= 1"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_or(
      arguments.vector("x"), arguments.vector("y"), mu: arguments.number("mu"))
  }
}
