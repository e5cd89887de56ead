import Evaluation
import ExactArithmetic
import LSRL

/// A program's output, and the same over the real numbers, as input for Gappa, which is asked for
/// an enclosure of their difference.
///
/// Gappa has no ReLU. But for all x̂ and x there is a k in [0, 1] with
/// ReLU(x̂) − ReLU(x) = k (x̂ − x). So ReLU(x) becomes a variable of the range that x allows, ReLU(x̂)
/// becomes ReLU(x) + k (x̂ − x) with a variable k, and a hint says what their difference is. Gappa is
/// told which float belongs to which real number; nothing else is kept from it or added.
public struct GappaFile {
  private let program: ScalarProgram
  private let format: FloatFormat
  private let ranges: [Interval]

  /// The coordinates of tokens are floats in these ranges. Nil if one of them is not bounded, or
  /// the program is too long for others.
  public init?(_ tape: Tape, ranges: [Interval], format: FloatFormat) {
    guard ranges.count == tape.inputDimension,
      ranges.allSatisfy({ $0.lower != nil && $0.upper != nil }),
      let program = try? ScalarProgram(tape, tokens: 1, limit: 1_000)
    else { return nil }
    self.program = program
    self.format = format
    self.ranges = ranges
  }

  /// The question for one coordinate of the output.
  public func text(output: Int) -> String {
    let root = program.outputs[0][output]
    var lines = ["@rnd = float<\(format.precision),\(format.minimumExponent),ne>;"]
    var conditions: [String] = []
    var hints: [String] = []
    var reals: [Int: Interval] = [:]
    for node in program.cone(of: [root]).nodes {
      switch program.nodes[node] {
      case .argument(_, let coordinate):
        let range = ranges[coordinate]
        reals[node] = range
        lines.append("e\(node) = rnd(x\(coordinate));")
        lines.append("f\(node) = e\(node);")
        conditions.append("e\(node) in \(range.gappa)")
      case .number(let value):
        reals[node] = Interval(value)
      case .sum(let left, let right):
        reals[node] = reals[left, default: .everything] + reals[right, default: .everything]
        lines += operation(node, "+", left, right)
        hints.append("f\(node) ~ e\(node);")
      case .product(let left, let right):
        reals[node] = reals[left, default: .everything] * reals[right, default: .everything]
        lines += operation(node, "*", left, right)
        hints.append("f\(node) ~ e\(node);")
      case .relu(let argument):
        let range = reals[argument, default: .everything]
        let positive = Interval(
          Swift.max(range.lower ?? 0, 0), range.upper.map { Swift.max($0, 0) })
        reals[node] = positive
        let difference = "\(float(argument)) - \(real(argument))"
        lines.append("f\(node) = e\(node) + k\(node) * (\(difference));")
        conditions += ["e\(node) in \(positive.gappa)", "k\(node) in [0,1]"]
        hints.append("f\(node) - e\(node) -> k\(node) * (\(difference));")
      }
    }
    return lines.joined(separator: "\n")
      + "\n{ \(conditions.joined(separator: " /\\ ")) -> \(float(root)) - \(real(root)) in ? }\n"
      + hints.joined(separator: "\n") + "\n"
  }

  private func operation(_ node: Int, _ sign: String, _ left: Int, _ right: Int) -> [String] {
    [
      "e\(node) = \(real(left)) \(sign) \(real(right));",
      "f\(node) = rnd(\(float(left)) \(sign) \(float(right)));",
    ]
  }

  private func real(_ node: Int) -> String {
    if case .number(let value) = program.nodes[node] { return value.gappa }
    return "e\(node)"
  }

  private func float(_ node: Int) -> String {
    guard case .number(let value) = program.nodes[node] else { return "f\(node)" }
    return format.rounded(value).value?.gappa ?? value.gappa
  }
}

extension Rational {
  fileprivate var gappa: String {
    let text =
      denominator == 1 ? "\(self)" : "\(numerator) / \(denominator)"
    return self < 0 || denominator != 1 ? "(\(text))" : text
  }
}

extension Interval {
  /// Ends of ranges are numbers for Gappa, not quotients; rounded outward.
  fileprivate var gappa: String {
    func end(_ value: Rational?, _ outward: Double) -> String {
      guard let value else { return "0" }
      if value.denominator == 1 { return "\(value)" }
      let nearest = Double(nearest: value)
      let isExact = Rational(exactly: nearest) == value
      let double = isExact ? nearest : outward < 0 ? nearest.nextDown : nearest.nextUp
      let exponent = Int(double.exponent) - 52
      let digits = double / Double(sign: .plus, exponent: exponent, significand: 1)
      return "\(Int64(digits))b\(exponent)"
    }
    return "[\(end(lower, -1)),\(end(upper, 1))]"
  }
}
