import ExactArithmetic

extension ProgramBuilder {
  /// The number c at every step, as a vector of dimension 1, which is broadcast where a larger one
  /// is needed. A Linear with A = 0 and b = c; x only says where in the program.
  public mutating func f_constant(_ x: Wire, _ c: Rational) throws(BuildError) -> Wire {
    try constant(x, [c])
  }
}

extension LibraryFunction {
  static let constant = LibraryFunction(
    id: "f_constant", parameters: [.vector("x"), .init("c", .number)],
    definition: "Linear(x, A=0, b=c)",
    meaning: "c, of dimension 1"
  ) { (builder, arguments) throws(BuildError) in
    let place = try arguments.vector("x").vector(in: &builder)
    return try builder.f_constant(place, arguments.number("c"))
  }
}
