import ExactArithmetic

/// How a counter modulo n keeps its place.
public enum ModuloCounterForm: String, CaseIterable, Sendable {
  /// A unit vector of size n, moved by the cyclic shift. Exact for every n; needs no threshold.
  case cyclic

  /// The paper's: a unit vector in the plane, rotated by 2π/n. Not over the rationals.
  case rotation
}

extension ProgramBuilder {
  /// 0, 1, …, n − 1, 0, 1, … at t = 0, 1, 2, …
  ///
  /// The form `rotation` is refused: its matrix [[cos, −sin], [sin, cos]] of the angle 2π/n has
  /// rational entries only for n = 1, 2 and 4, so that an exact program cannot hold it. (The paper
  /// prints [[cos, sin], [sin, cos]], which is no rotation.)
  /// Source: the paper, appendix F.7.
  public mutating func f_modulo_counter(
    _ n: Int, form: ModuloCounterForm = .cyclic
  ) throws(BuildError) -> Wire {
    guard form == .cyclic else {
      throw BuildError(
        "a counter of the form \"rotation\" rotates by the matrix [[cos, -sin], [sin, cos]] of "
          + "2 pi / \(n), whose entries are not rational in general: expected the form \"cyclic\", "
          + "which is exact for every n")
    }
    let place = try f_one_hot_counter(n)
    let readOut = Matrix(
      columnCount: n, rows: [(0..<n).map { .init(column: $0, value: Rational($0)) }])
    // One coordinate is 1 and the others are 0; interval arithmetic would add them all up.
    return try Linear(place, AffineMap(readOut), known: [Interval(0, Rational(n - 1))])
  }

  /// The unit vector e_(t mod n) of dimension n at t = 0, 1, 2, …: a state that starts at e_(n−1)
  /// and is moved by the cyclic shift.
  public mutating func f_one_hot_counter(_ n: Int) throws(BuildError) -> Wire {
    guard 1...ProgramBuilder.largestDimension ~= n else {
      throw BuildError("expected n from 1 to \(ProgramBuilder.largestDimension), found \(n)")
    }
    let input = try inputWire
    let shift = Matrix(
      columnCount: n, rows: (0..<n).map { [.init(column: ($0 + n - 1) % n, value: 1)] })
    var initial = [Rational](repeating: 0, count: n)
    initial[n - 1] = 1
    let state = LSRL.LinState(
      recurrence: shift, input: AffineMap(.zero(n, input.dimension)), initial: initial)
    // Every coordinate takes both values. Iterating to find that out would cost n² steps.
    let ranges = Array(repeating: n == 1 ? Interval(1) : Interval(0, 1), count: n)
    return try append(.linState(state), [input], ranges: ranges)
  }
}

extension LibraryFunction {
  static let moduloCounter = LibraryFunction(
    id: "f_modulo_counter",
    parameters: [
      .init("n", .count),
      .init(
        "form", .word(ModuloCounterForm.allCases.map(\.rawValue)),
        default: .word(ModuloCounterForm.cyclic.rawValue)),
    ],
    definition: "Linear(f_one_hot_counter(n), A=[[0, 1, ..., n-1]])",
    meaning: "0, 1, ..., n-1, 0, 1, ... at t = 0, 1, 2, ...; form \"rotation\" is refused: "
      + "its cosines are not rational"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_modulo_counter(
      arguments.count("n"), form: arguments.word("form", as: ModuloCounterForm.self))
  }

  static let oneHotCounter = LibraryFunction(
    id: "f_one_hot_counter", parameters: [.init("n", .count)],
    definition: "LinState(A=cyclic shift, B=0, init_state=e_(n-1))",
    meaning: "the unit vector e_(t mod n) at t = 0, 1, 2, ..."
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_one_hot_counter(arguments.count("n"))
  }
}
