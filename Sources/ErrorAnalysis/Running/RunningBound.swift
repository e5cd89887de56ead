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

/// An engine, and what it believes about rounding, with their types forgotten. Where it is made of
/// known types, so are its closures, and the compiler makes loops for just these: calls through
/// `any BoundEngine` would run loops for any model, several times slower.
private struct BoundMachine {
  let format: FloatFormat
  let nearest: (Rational) -> Double
  let deviation: (Double, Rational) -> Deviation
  let reset: () -> Void
  let step: (RoundedTokens, Int, inout [BoundedValue]) -> Void

  init<Model: RoundingModel>(
    _ tape: FlatTape, _ mode: BoundMode, _ model: Model.Type
  ) throws(EngineError) {
    switch mode {
    case .fast: self.init(FastBound<Model>(tape), model)
    case .tight: self.init(try TightBound<Model>(tape), model)
    }
  }

  private init<Model: RoundingModel>(_ engine: some BoundEngine, _ model: Model.Type) {
    format = Model.Number.format
    nearest = { Model.Number(nearest: $0).double }
    deviation = { Model.deviation(of: $0, from: $1) }
    reset = { engine.reset() }
    step = { engine.step($0, at: $1, into: &$2) }
  }
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
  public let mode: BoundMode
  public let inputDimension: Int
  public let outputDimension: Int
  private let machine: BoundMachine

  /// Throws `tooManyNumbers` for tapes that would take too much room.
  public convenience init(
    _ tape: Tape, format: FloatFormat, mode: BoundMode
  ) throws(EngineError) {
    let flat = try FlatTape(tape)
    let machine: BoundMachine
    switch format {
    case .binary64: machine = try BoundMachine(flat, mode, NearestEven<Double>.self)
    case .binary32: machine = try BoundMachine(flat, mode, NearestEven<Float>.self)
    case .binary16: machine = try BoundMachine(flat, mode, NearestEven<Binary16>.self)
    default:
      precondition(format == .bfloat16, "no arithmetic for \(format.name)")
      machine = try BoundMachine(flat, mode, NearestEven<BFloat16>.self)
    }
    self.init(flat, mode, machine)
  }

  /// With rounding as `model` has it.
  public convenience init<Model: RoundingModel>(
    _ tape: Tape, mode: BoundMode, believing model: Model.Type
  ) throws(EngineError) {
    let flat = try FlatTape(tape)
    self.init(flat, mode, try BoundMachine(flat, mode, model))
  }

  private init(_ tape: FlatTape, _ mode: BoundMode, _ machine: BoundMachine) {
    self.mode = mode
    self.machine = machine
    inputDimension = tape.inputs.count
    outputDimension = tape.outputs.count
  }

  public var format: FloatFormat { machine.format }

  /// The tokens as this bound reads them.
  public func rounded(_ tokens: [[Rational]]) throws(EngineError) -> RoundedTokens {
    for token in tokens where token.count != inputDimension {
      throw .tokenSize(expected: inputDimension, found: token.count)
    }
    let numbers = tokens.flatMap(\.self)
    let values = numbers.map(machine.nearest)
    return RoundedTokens(
      values: values, deviations: zip(values, numbers).map(machine.deviation), count: tokens.count,
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
    machine.reset()
    var outputs: [BoundedValue] = []
    outputs.reserveCapacity(tokens.count * outputDimension)
    for index in 0..<tokens.count {
      machine.step(tokens, index * inputDimension, &outputs)
    }
    return outputs
  }
}
