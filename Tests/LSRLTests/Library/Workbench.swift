import ExactArithmetic
import LSRL

/// Builds small programs and runs them.
enum Workbench {
  typealias Construction = (inout ProgramBuilder, [Wire]) throws(BuildError) -> Wire

  /// A program of an Input in `range`; `construct` gets its coordinates one by one.
  static func build(
    _ dimension: Int, range: Interval = .everything, _ construct: Construction
  ) throws -> (graph: Graph, ranges: [Interval]) {
    var builder = ProgramBuilder()
    let input = try builder.Input(dim: dimension, range: range)
    var coordinates: [Wire] = []
    for index in 0..<dimension {
      coordinates.append(try builder.Slice(input, index..<index + 1))
    }
    let output = try construct(&builder, coordinates)
    return (try builder.finish(returning: output).program.graph, output.ranges)
  }

  /// The outputs for each token alone, each from the initial state.
  static func values(
    on tokens: [[Rational]], range: Interval = .everything, _ construct: Construction
  ) throws -> [[Rational]] {
    var interpreter = Interpreter<Rational>(
      try build(tokens[0].count, range: range, construct).graph)
    return try tokens.map { token in try interpreter.run([token])[0] }
  }

  /// All vectors of `dimension` coordinates out of `numbers`.
  static func grid(_ numbers: [Rational], dimension: Int) -> [[Rational]] {
    (0..<dimension).reduce([[]]) { tokens, _ in
      tokens.flatMap { token in numbers.map { token + [$0] } }
    }
  }
}

/// A small seeded generator: D. Lehmer's, with the multiplier of MMIX and the high bits taken.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_685_821_657_736_338_717 &+ 1 }

  mutating func next() -> UInt64 { UInt64(half()) << 32 | UInt64(half()) }

  private mutating func half() -> UInt32 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt32(truncatingIfNeeded: state >> 32)
  }
}
