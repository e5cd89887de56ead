import Evaluation
import ExactArithmetic
import LSRL

/// How far an f_ifelse in floats can be from the exact one, for a guard c and values t, f that are
/// floats: a question with all that its answer depends on.
///
/// The optimized variants are those for f = 0 and t ≥ 0, where they leave most out.
public struct ConditionalQuestion: Hashable, Sendable {
  /// How much is computed in one row.
  public enum Form: String, CaseIterable, Sendable {
    /// Equations 7, 9 and 10 operation by operation, each rounded.
    case written

    /// Linears folded into one another, as they stand on a lean path.
    case fused
  }

  /// Which columns of a fused row come first, after its offset ∓λ.
  public enum Order: String, CaseIterable, Sendable {
    case guardFirst = "guard-first"
    case guardLast = "guard-last"
  }

  /// Which guards are asked about.
  public enum Guards: String, CaseIterable, Sendable {
    case ends = "0,1"
    case unitInterval = "0..1"
  }

  public var variant: ConditionalVariant
  public var form: Form
  public var order: Order
  public var lambda: Rational
  public var mu: Rational
  public var format: FloatFormat
  public var guards: Guards

  /// |t| and |f| are at most this.
  public var range: Rational

  /// Precondition: λ, μ and the range are positive.
  public init(
    variant: ConditionalVariant = .direct, form: Form = .written, order: Order = .guardFirst,
    lambda: Rational = LibraryFunction.paperLambda, mu: Rational = LibraryFunction.paperMu,
    format: FloatFormat = .binary64, guards: Guards = .unitInterval, range: Rational = 10
  ) {
    precondition(lambda > 0 && mu > 0 && range > 0, "λ, μ and the range are positive")
    self.variant = variant
    self.form = form
    self.order = order
    self.lambda = lambda
    self.mu = mu
    self.format = format
    self.guards = guards
    self.range = range
  }

  /// Whether only f = 0 and t ≥ 0 are asked about.
  var isOptimized: Bool {
    switch variant {
    case .optimized, .stepOptimized, .multiplicativeOptimized: true
    case .direct, .step, .multiplicative: false
    }
  }

  var usesSteps: Bool { variant == .step || variant == .stepOptimized }
}

/// Where the guard and the values stand in a token.
struct ConditionalColumns: Sendable {
  let c: Int
  let t: Int
  let f: Int

  init(_ order: ConditionalQuestion.Order) {
    (c, t, f) = order == .guardFirst ? (0, 1, 2) : (2, 0, 1)
  }
}

extension ConditionalQuestion {
  /// The form as a program that reads tokens of c, t and f, in the order of its columns.
  public func program() throws(BuildError) -> Program {
    var writer = try ConditionalWriter(self)
    let result = try writer.result()
    do {
      return try writer.builder.finish(returning: result).program
    } catch {
      throw BuildError("\(error)")
    }
  }

  /// The program's operations, and which of them is its output.
  func line() throws(BuildError) -> (line: StraightLine, output: Int) {
    let tape = UnrolledTape(Tape(try program().graph), tokens: 1)
    return (tape.line, tape.outputs[0][0])
  }
}

/// Writes the forms down in the operations of the language.
private struct ConditionalWriter {
  var builder = ProgramBuilder()
  private let question: ConditionalQuestion
  private let columns: ConditionalColumns
  private let token: Wire

  init(_ question: ConditionalQuestion) throws(BuildError) {
    self.question = question
    columns = ConditionalColumns(question.order)
    token = try builder.Input(dim: 3)
  }

  mutating func result() throws(BuildError) -> Wire {
    switch (question.variant, question.form) {
    case (.direct, .written), (.optimized, .written): return try writtenDirectly()
    case (.direct, .fused), (.optimized, .fused): return try fusedDirectly()
    case (.step, .written), (.stepOptimized, .written): return try writtenBySteps()
    case (.step, .fused), (.stepOptimized, .fused): return try fusedBySteps()
    case (.multiplicative, _), (.multiplicativeOptimized, _): return try weighted()
    }
  }

  private var lambda: Rational { question.lambda }
  private var mu: Rational { question.mu }

  /// One row: `offset` + Σ weight · coordinate, the terms in this order.
  private mutating func row(
    _ offset: Rational = 0, _ terms: (Rational, Wire)...
  ) throws(BuildError) -> Wire {
    let joined = try terms.count == 1 ? terms[0].1 : builder.Concat(terms.map(\.1))
    return try builder.Linear(
      joined, AffineMap(Matrix(dense: [terms.map(\.0)]), offset: [offset]))
  }

  private mutating func coordinate(_ column: Int) throws(BuildError) -> Wire {
    try builder.Slice(token, column..<column + 1)
  }

  /// A row over the token.
  private func tokenRow(c: Rational, t: Rational = 0, f: Rational = 0) -> [Rational] {
    var row: [Rational] = [0, 0, 0]
    row[columns.c] = c
    row[columns.t] = t
    row[columns.f] = f
    return row
  }

  // MARK: Equation 7

  private mutating func writtenDirectly() throws(BuildError) -> Wire {
    let c = try coordinate(columns.c)
    let opening = try row(0, (-lambda, row(1, (-1, c))))
    return try branches(closing: row(0, (-lambda, c)), opening: opening)
  }

  /// ReLU(f-guard + f) + ReLU(t-guard + t) − ReLU(f-guard − f) − ReLU(t-guard − t), from the left.
  private mutating func branches(closing: Wire?, opening: Wire) throws(BuildError) -> Wire {
    let t = try coordinate(columns.t)
    let plusT = try builder.ReLU(row(0, (1, opening), (1, t)))
    guard let closing, !question.isOptimized else { return plusT }
    let f = try coordinate(columns.f)
    return try row(
      0, (1, builder.ReLU(row(0, (1, closing), (1, f)))), (1, plusT),
      (-1, builder.ReLU(row(0, (1, closing), (-1, f)))),
      (-1, builder.ReLU(row(0, (1, opening), (-1, t)))))
  }

  private mutating func fusedDirectly() throws(BuildError) -> Wire {
    let plusT = tokenRow(c: lambda, t: 1)
    let rows =
      question.isOptimized
      ? [plusT]
      : [
        tokenRow(c: -lambda, f: 1), plusT, tokenRow(c: -lambda, f: -1),
        tokenRow(c: lambda, t: -1),
      ]
    let offset = question.isOptimized ? [-lambda] : [0, -lambda, 0, -lambda]
    let gated = try builder.ReLU(
      builder.Linear(token, AffineMap(Matrix(dense: rows), offset: offset)))
    return try question.isOptimized ? gated : sumOfBranches(gated)
  }

  private mutating func sumOfBranches(_ gated: Wire) throws(BuildError) -> Wire {
    try builder.Linear(gated, AffineMap(Matrix(dense: [[1, 1, -1, -1]]), offset: [0]))
  }

  // MARK: Equation 9

  private mutating func writtenBySteps() throws(BuildError) -> Wire {
    let c = try coordinate(columns.c)
    let isTrue = try row(Rational(-1, 2), (1, c))
    let opening = try gate(isTrue)
    guard !question.isOptimized else { return try branches(closing: nil, opening: opening) }
    let closing = try gate(row(Rational(1, 2), (-1, c)))
    return try branches(closing: closing, opening: opening)
  }

  /// −λ + λ f_step(x).
  private mutating func gate(_ x: Wire) throws(BuildError) -> Wire {
    let rising = try builder.ReLU(row(0, (mu, x)))
    let cap = try builder.ReLU(row(-mu.reciprocal, (1, x)))
    let step = try row(0, (1, rising), (-mu, cap))
    return try row(-lambda, (1, row(0, (lambda, step))))
  }

  private mutating func fusedBySteps() throws(BuildError) -> Wire {
    let half = Rational(1, 2)
    let isOptimized = question.isOptimized
    // The ReLUs of f_step(1/2 − c), then those of f_step(c − 1/2).
    let closing = [tokenRow(c: -mu), tokenRow(c: -1)]
    let opening = [tokenRow(c: mu), tokenRow(c: 1)]
    let inverse = mu.reciprocal
    let offsets = [mu * half, half - inverse, -mu * half, -half - inverse]
    let steps = try builder.ReLU(
      builder.Linear(
        token,
        AffineMap(
          Matrix(dense: isOptimized ? opening : closing + opening),
          offset: isOptimized ? Array(offsets.suffix(2)) : offsets)))
    let isGuardFirst = question.order == .guardFirst
    let joined = try builder.Concat(isGuardFirst ? [steps, token] : [token, steps])
    func gatedRow(_ first: Int, t: Rational = 0, f: Rational = 0) -> [Rational] {
      var parts = [Rational](repeating: 0, count: steps.dimension)
      parts[first] = lambda
      parts[first + 1] = -lambda * mu
      let values = tokenRow(c: 0, t: t, f: f)
      return isGuardFirst ? parts + values : values + parts
    }
    let rows =
      isOptimized
      ? [gatedRow(0, t: 1)]
      : [gatedRow(0, f: 1), gatedRow(2, t: 1), gatedRow(0, f: -1), gatedRow(2, t: -1)]
    let offset = rows.map { _ in -lambda }
    let gated = try builder.ReLU(
      builder.Linear(joined, AffineMap(Matrix(dense: rows), offset: offset)))
    return try isOptimized ? gated : sumOfBranches(gated)
  }

  // MARK: Equation 10

  private mutating func weighted() throws(BuildError) -> Wire {
    let c = try coordinate(columns.c)
    let t = try coordinate(columns.t)
    let chosen = try builder.Multi(builder.Concat([c, t]))
    guard !question.isOptimized else { return chosen }
    let f = try coordinate(columns.f)
    let rest = try builder.Multi(builder.Concat([row(1, (-1, c)), f]))
    return try row(0, (1, chosen), (1, rest))
  }
}
