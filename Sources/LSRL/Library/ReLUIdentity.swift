import ExactArithmetic

extension ProgramBuilder {
  /// x itself, carried past a ReLU: ReLU(x) − ReLU(−x).
  public mutating func f_relu_identity(_ x: some Operand) throws(BuildError) -> Wire {
    let x = try x.vector(in: &self)
    let identity = Matrix.identity(x.dimension)
    let negation = Matrix.broadcasting(x.dimension, to: x.dimension, times: -1)
    let halves = try ReLU(Linear(x, AffineMap(.stacked([identity, negation]))))
    return try Linear(halves, AffineMap(.beside([identity, negation])), known: x.ranges)
  }
}

extension LibraryFunction {
  static let reluIdentity = LibraryFunction(
    id: "f_relu_identity", parameters: [.vector("x")],
    definition: "ReLU(x) - ReLU(-x)",
    meaning: "x"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_relu_identity(arguments.vector("x"))
  }
}
