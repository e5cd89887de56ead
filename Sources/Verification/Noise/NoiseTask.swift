import ExactArithmetic
import Foundation
import LSRL
import PropertyTesting

/// What the programs of the experiment are asked, and how answers are judged.
///
/// Source: arXiv 2406.01424, section 5 and figure 4.
public enum NoiseTask: Hashable, Sendable {
  /// Listing 1 with two inputs, two outputs and 8 cells a dimension: functions of 5 control points.
  /// The figure is the mean Euclidean distance to the function's value over 10 queries.
  case vectors

  /// Listing 2 with keys and values of `length` words of 10, and `pairs` pairs. The figure is the
  /// percentage of wrong words, rounded to integers, over 5 queries.
  case words(length: Int, pairs: Int)

  /// The parameters of the program text, besides λ, μ and the variant.
  public var parameters: [String: Int] {
    switch self {
    case .vectors: ["d_in": 2, "d_out": 2]
    case .words(let length, _): ["n": length]
    }
  }

  /// How many tokens a prompt has.
  public var tokenCount: Int {
    switch self {
    case .vectors: 1 + 64
    case .words(let length, let pairs): length + 2 * length * pairs
    }
  }

  /// One question: tokens, and what the last outputs should be.
  struct Question: Sendable {
    let tokens: [[Rational]]
    let answers: [[Double]]
  }

  /// The questions of one target, which depend on (seed, target) only.
  func questions(target: Int, seed: UInt64) -> [Question] {
    var random = SplitMix64(seed: seed, trial: target)
    switch self {
    case .vectors: return Function(&random).questions(&random)
    case .words(let length, let pairs):
      return KeyedValues(length: length, pairs: pairs, &random).questions(&random)
    }
  }

  /// The tokens of all questions of the first targets.
  public func prompts(targets: Int, seed: UInt64) -> [[[Rational]]] {
    (0..<targets).flatMap { questions(target: $0, seed: seed).map(\.tokens) }
  }

  /// The figure for these outputs, one list for each question.
  func figure(_ outputs: [[[Double]]], _ questions: [Question]) -> Double {
    switch self {
    case .vectors:
      let distances = zip(outputs, questions).map { outputs, question in
        zip(outputs[outputs.count - 1], question.answers[0])
          .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      }
      return distances.reduce(0, +) / Double(distances.count)
    case .words(let length, _):
      let wrong = zip(outputs, questions).reduce(0) { sum, pair in
        let last = pair.0.suffix(length)
        return sum + zip(last, pair.1.answers).count { !NoiseTask.isRight($0[0], $1[0]) }
      }
      return 100 * Double(wrong) / Double(length * questions.count)
    }
  }

  /// Whether a float rounds to the integer.
  static func isRight(_ found: Double, _ wanted: Double) -> Bool { found.rounded() == wanted }
}

/// Σ wᵢ vᵢ with weights ∝ exp(−distance to pᵢ).
private struct Function {
  private let points: [[Double]]
  private let values: [[Double]]
  private static let cells = 8

  init(_ random: inout SplitMix64) {
    points = (0..<5).map { _ in Function.pair(-0.1...1.1, &random) }
    values = (0..<5).map { _ in Function.pair(-3...3, &random) }
  }

  private static func pair(
    _ range: ClosedRange<Double>, _ random: inout SplitMix64
  ) -> [Double] {
    (0..<2).map { _ in Double.random(in: range, using: &random) }
  }

  private func value(at x: [Double]) -> [Double] {
    let weights = points.map { point in
      exp(-((x[0] - point[0]).squared + (x[1] - point[1]).squared).squareRoot())
    }
    let total = weights.reduce(0, +)
    return (0..<2).map { index in
      zip(weights, values).reduce(0) { $0 + $1.0 * $1.1[index] } / total
    }
  }

  func questions(_ random: inout SplitMix64) -> [NoiseTask.Question] {
    let width = 1 / Double(Function.cells)
    var cells: [[Rational]] = []
    for row in 0..<Function.cells {
      for column in 0..<Function.cells {
        let corner = [Double(row) * width, Double(column) * width]
        let numbers = [width] + corner + value(at: corner.map { $0 + width / 2 })
        cells.append(numbers.compactMap(Rational.init(exactly:)))
      }
    }
    return (0..<10).map { _ in
      let query = Function.pair(0...1, &random)
      let token = (query + [0, 0, 0]).compactMap(Rational.init(exactly:))
      return NoiseTask.Question(tokens: [token] + cells, answers: [value(at: query)])
    }
  }
}

/// Keys, all different, and values.
private struct KeyedValues {
  private let length: Int
  private var pairs: [(key: [Int], value: [Int])] = []

  init(length: Int, pairs count: Int, _ random: inout SplitMix64) {
    self.length = length
    func word() -> [Int] { (0..<length).map { _ in Int.random(in: 0...9, using: &random) } }
    while pairs.count < count {
      let key = word()
      if pairs.allSatisfy({ $0.key != key }) { pairs.append((key, word())) }
    }
  }

  func questions(_ random: inout SplitMix64) -> [NoiseTask.Question] {
    (0..<5).map { _ in
      let asked = pairs[Int.random(in: pairs.indices, using: &random)]
      let numbers = asked.key + pairs.flatMap { $0.key + $0.value }
      return NoiseTask.Question(
        tokens: numbers.map { [Rational($0)] }, answers: asked.value.map { [Double($0)] })
    }
  }
}

extension Double {
  fileprivate var squared: Double { self * self }
}
