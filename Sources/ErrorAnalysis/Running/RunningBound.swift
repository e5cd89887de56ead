import Evaluation
import ExactArithmetic

/// How much work goes into a bound.
public enum BoundMode: String, CaseIterable, Sendable {
  /// One upper bound for each number, from Wilkinson's formulas: about as fast as the floats
  /// themselves, and far off where thresholds follow each other.
  case fast

  /// Signed errors, exact where they can be, and steps made of several ReLUs taken together.
  case tight
}

/// A float, and what is known about its distance from the exact number.
public struct BoundedValue: Hashable, Sendable {
  /// The float, which is in the format that was asked for. May be infinite or no number.
  public let value: Double

  /// |float − exact| is at most this; infinite if nothing is known.
  public let bound: Double

  /// Whether the float is certainly nearest to the integer that the exact number is, if it is one.
  public var roundsRight: Bool { bound < 0.5 }
}

/// Tokens rounded to a format once, with what was lost: for running them more than once.
public struct RoundedTokens: Sendable {
  let values: [Double]
  let deviations: [Deviation]
  public let count: Int
  let dimension: Int
}

/// What one engine can do; see `RunningBound`.
protocol BoundEngine: AnyObject {
  func reset()

  /// Reads the token that starts at `index`, and writes the outputs.
  func step(_ tokens: RoundedTokens, at index: Int, into outputs: inout [BoundedValue])
}

/// Bounds, for one sequence of tokens of any length, how far a tape in floats is from the same tape
/// over the rationals: the program on the tokens as they are, with weights as they are.
///
/// The floats are those that `FloatEngine` computes, bit for bit but for NaNs, in the order of
/// operations that `Tape` promises. Weights, initial states and tokens are rounded once.
///
/// Never wrong, whatever overflows, underflows, or is no number: the bound is infinite from the
/// first value on that is not finite, even where a ReLU hides it. A bound of 0 says that the float
/// is the exact number.
///
/// Has work space of its own, so each thread needs its own.
public final class RunningBound {
  public let format: FloatFormat
  public let mode: BoundMode
  public let inputDimension: Int
  public let outputDimension: Int
  private let engine: any BoundEngine
  private let deviation: (Double, Rational) -> Deviation
  private let nearest: (Rational) -> Double

  /// Throws `tooManyNumbers` for tapes that would take too much room.
  public convenience init(
    _ tape: Tape, format: FloatFormat, mode: BoundMode
  ) throws(EngineError) {
    switch format {
    case .binary64: try self.init(tape, mode: mode, believing: NearestEven<Double>.self)
    case .binary32: try self.init(tape, mode: mode, believing: NearestEven<Float>.self)
    case .binary16: try self.init(tape, mode: mode, believing: NearestEven<Binary16>.self)
    default:
      precondition(format == .bfloat16, "no arithmetic for \(format.name)")
      try self.init(tape, mode: mode, believing: NearestEven<BFloat16>.self)
    }
  }

  /// With rounding as `model` has it.
  public init<Model: RoundingModel>(
    _ tape: Tape, mode: BoundMode, believing model: Model.Type
  ) throws(EngineError) {
    let flat = try FlatTape(tape)
    format = Model.Number.format
    self.mode = mode
    inputDimension = flat.inputs.count
    outputDimension = flat.outputs.count
    deviation = Model.deviation(of:from:)
    nearest = { Model.Number(nearest: $0).double }
    switch mode {
    case .fast: engine = FastBound<Model>(flat)
    case .tight: engine = try TightBound<Model>(flat)
    }
  }

  /// The tokens as this bound reads them.
  public func rounded(_ tokens: [[Rational]]) throws(EngineError) -> RoundedTokens {
    for token in tokens where token.count != inputDimension {
      throw .tokenSize(expected: inputDimension, found: token.count)
    }
    let numbers = tokens.flatMap(\.self)
    let values = numbers.map(nearest)
    return RoundedTokens(
      values: values, deviations: zip(values, numbers).map(deviation), count: tokens.count,
      dimension: inputDimension)
  }

  /// The outputs for a whole sequence, from the initial state.
  public func run(_ tokens: [[Rational]]) throws(EngineError) -> [[BoundedValue]] {
    let outputs = run(try rounded(tokens))
    return tokens.indices.map {
      Array(outputs[$0 * outputDimension..<($0 + 1) * outputDimension])
    }
  }

  /// The outputs, token after token in one array. Precondition: `tokens` were rounded for a tape of
  /// the same input dimension, in the same format.
  public func run(_ tokens: RoundedTokens) -> [BoundedValue] {
    precondition(tokens.dimension == inputDimension, "tokens of \(tokens.dimension) numbers")
    engine.reset()
    var outputs: [BoundedValue] = []
    outputs.reserveCapacity(tokens.count * outputDimension)
    for index in 0..<tokens.count {
      engine.step(tokens, at: index * inputDimension, into: &outputs)
    }
    return outputs
  }
}
