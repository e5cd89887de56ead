import ExactArithmetic
import LSRL

/// Guards and values on which an f_ifelse in floats errs, by exactly this much.
public struct ConditionalWitness: Hashable, Sendable {
  public let c: Rational
  public let t: Rational
  public let f: Rational

  /// The result in floats, and the exact one.
  public let float: Rational
  public let exact: Rational

  public var error: Rational { (float - exact).magnitude }
}

extension ConditionalQuestion {
  /// Searches for large errors among `samples` inputs: guards near 0 and 1 on the scale of λ, in
  /// the ramps of steps, and where λc is just below a power of two; values of all binades. The best
  /// are then improved by small moves. Errors are exact; the same generator gives the same answer.
  ///
  /// Nil if no input had a finite result.
  public func witness(
    samples: Int = 8_000, near bound: ConditionalBound? = nil,
    using generator: inout some RandomNumberGenerator
  ) throws(BuildError) -> ConditionalWitness? {
    let (line, output) = try line()
    let search = WitnessSearch(
      self, line, RoundedLine(line, format, coneLimit: 0), output, within: bound?.worst)
    return search.run(samples, &generator)
  }
}

private struct WitnessSearch {
  /// By role: c, t, f.
  private typealias Point = [Double]

  private let question: ConditionalQuestion
  private let line: StraightLine
  private let rounded: RoundedLine
  private let output: Int
  private let columns: ConditionalColumns
  private let boxes: [ConditionalBox]
  private let isLocal: Bool
  private let lambda: Double
  private let range: Double

  init(
    _ question: ConditionalQuestion, _ line: StraightLine, _ rounded: RoundedLine, _ output: Int,
    within boxes: [ConditionalBox]?
  ) {
    self.question = question
    self.line = line
    self.rounded = rounded
    self.output = output
    columns = ConditionalColumns(question.order)
    isLocal = !(boxes ?? []).isEmpty
    self.boxes = isLocal ? boxes ?? [] : question.boxes(rounded.rounding)
    lambda = Double(nearest: question.lambda)
    range = Double(nearest: question.range)
  }

  private func evaluate(_ point: Point) -> ConditionalWitness? {
    var token = point
    token[columns.c] = point[0]
    token[columns.t] = point[1]
    token[columns.f] = point[2]
    let exact = point.map { Rational(exactly: $0) ?? 0 }
    return Rational(exactly: rounded.float(output, token)).map { float in
      ConditionalWitness(
        c: exact[0], t: exact[1], f: exact[2], float: float,
        exact: line.exact(output, token.map { Rational(exactly: $0) ?? 0 }))
    }
  }

  func run(
    _ samples: Int, _ generator: inout some RandomNumberGenerator
  ) -> ConditionalWitness? {
    var pool: [(error: Rational, point: Point, box: Int)] = []
    var best: ConditionalWitness?
    func note(_ witness: ConditionalWitness) {
      if best.map({ $0.error < witness.error }) ?? true { best = witness }
    }
    for sample in 0..<max(samples, 1) {
      let box = sample % boxes.count
      let point = draw(boxes[box], &generator)
      guard let witness = evaluate(point) else { continue }
      note(witness)
      pool.append((witness.error, point, box))
    }
    pool.sort { $0.error > $1.error }
    for (error, point, box) in pool.prefix(12) {
      var (error, point) = (error, point)
      for _ in 0..<samples / 12 {
        let moved = move(point, boxes[box], &generator)
        guard let witness = evaluate(moved), witness.error >= error else { continue }
        (error, point) = (witness.error, moved)
        note(witness)
      }
    }
    return best
  }

  // MARK: Drawing

  private func fit(_ value: Double, _ span: Span) -> Double {
    min(max(rounded.rounding.nearest(value), span.low), span.high)
  }

  private func draw(
    _ box: ConditionalBox, _ generator: inout some RandomNumberGenerator
  ) -> Point {
    let t = fit(value(in: box.t, &generator), box.t)
    let f = fit(value(in: box.f, &generator), box.f)
    let isUniform = isLocal && Bool.random(using: &generator)
    let c =
      isUniform
      ? Double.random(in: box.c.low...box.c.high, using: &generator)
      : guardNumber(t, f, &generator)
    return [fit(c, box.c), t, f]
  }

  private func value(in span: Span, _ generator: inout some RandomNumberGenerator) -> Double {
    let sign = Bool.random(using: &generator) ? 1.0 : -1.0
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<4: return Double.random(in: span.low...span.high, using: &generator)
    case 4..<9:
      let exponent = Int(range.exponent) - Int.random(in: 0...6, using: &generator)
      let digits = Double.random(in: 1..<2, using: &generator)
      return sign * digits * FormatRounding.power(exponent)
    default:
      let power = FormatRounding.power(Int(range.exponent))
      let choices = [range, power, power.nextDown, power / 2, rounded.rounding.below(power)]
      return sign * choices[Int.random(in: 0..<choices.count, using: &generator)]
    }
  }

  private func guardNumber(
    _ t: Double, _ f: Double, _ generator: inout some RandomNumberGenerator
  ) -> Double {
    let fraction = Double.random(in: 0..<1, using: &generator)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<2: return f.magnitude * fraction / lambda
    case 2..<5: return 1 - t.magnitude * fraction / lambda
    case 5: return fraction
    case 6: return 0.5 + 4 * (fraction - 0.5) / Double(nearest: question.mu)
    case 7: return rounded.rounding.below(binade(fraction) / lambda)
    case 8: return 1 - binade(fraction) / lambda
    default:
      let exponent = -Int.random(in: 0...40, using: &generator)
      return (0.5 + fraction / 2) * FormatRounding.power(exponent)
    }
  }

  private func binade(_ fraction: Double) -> Double {
    FormatRounding.power(Int(range.exponent) - Int(fraction * 8))
  }

  /// One to three units in any place of one coordinate.
  private func move(
    _ point: Point, _ box: ConditionalBox, _ generator: inout some RandomNumberGenerator
  ) -> Point {
    var point = point
    let role = Int.random(in: 0..<3, using: &generator)
    let span = box[ConditionalRole.allCases[role]]
    let precision = rounded.rounding.precision
    let unit = FormatRounding.power(rounded.rounding.grid(from: point[role].magnitude))
    let place = FormatRounding.power(Int.random(in: 0...precision - 2, using: &generator))
    let count = place * Double(Int.random(in: 1...3, using: &generator))
    let step = Bool.random(using: &generator) ? unit * count : -unit * count
    point[role] = fit(point[role] + step, span)
    return point
  }
}
