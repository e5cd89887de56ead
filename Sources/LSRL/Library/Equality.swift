import ExactArithmetic

extension ProgramBuilder {
  /// Equality up to the ramp: f_and(f_not(f_larger(x, y)), f_not(f_smaller(x, y))).
  ///
  /// With d = |x − y| and μ ≥ 1 it is f_step(1 − f_step(d)): 1 for d ≤ (1 − 1/μ)/μ, 0 for
  /// d ≥ 1/μ, and μ(1 − μd) between. So numbers that are equal or at least 1/μ apart are told
  /// apart exactly.
  public mutating func f_eq(
    _ x: some Operand, _ y: some Operand, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    let larger = try f_larger(x, y, mu: mu)
    let smaller = try f_smaller(x, y, mu: mu)
    return try f_and(f_not(larger), f_not(smaller), mu: mu)
  }

  /// Inequality up to the ramp: f_or(f_larger(x, y), f_smaller(x, y)).
  ///
  /// With d = |x − y| it is f_step(f_step(d)): 0 for d = 0; for μ ≥ 1 it is μ²d up to d = 1/μ²
  /// and 1 from there. It is not 1 − f_eq: for d between 0 and 1/μ both can be 1.
  public mutating func f_neq(
    _ x: some Operand, _ y: some Operand, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    let larger = try f_larger(x, y, mu: mu)
    let smaller = try f_smaller(x, y, mu: mu)
    return try f_or(larger, smaller, mu: mu)
  }
}

extension LibraryFunction {
  static let equal = LibraryFunction(
    id: "f_eq", parameters: [.vector("x"), .vector("y"), .mu],
    definition: "f_and(f_not(f_larger(x, y)), f_not(f_smaller(x, y)))",
    meaning: "for mu >= 1: 1 if |x - y| <= (1 - 1/mu)/mu, 0 if |x - y| >= 1/mu"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_eq(arguments.vector("x"), arguments.vector("y"), mu: arguments.number("mu"))
  }

  static let unequal = LibraryFunction(
    id: "f_neq", parameters: [.vector("x"), .vector("y"), .mu],
    definition: "f_or(f_larger(x, y), f_smaller(x, y))",
    meaning: "for mu >= 1: 0 if x = y, 1 if |x - y| >= 1/mu^2"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_neq(arguments.vector("x"), arguments.vector("y"), mu: arguments.number("mu"))
  }
}
