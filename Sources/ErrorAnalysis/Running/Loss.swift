import Evaluation
import ExactArithmetic

/// One rounding that lost something: where, and how much.
public struct Loss: Hashable, Sendable {
  public enum Operation: Hashable, Sendable {
    /// A number of the token is not in the format.
    case token(coordinate: Int)

    /// A weight is not in the format, and multiplied by `factor`.
    case weight(Rational, factor: Double)

    /// A row's offset is not in the format, or a state's initial number.
    case offset(Rational)
    case initialState(Rational)

    case product(Double, Double)
    case sum(Double, Double)
  }

  /// Counted from 0.
  public let step: Int

  /// The position in the tape; nil for tokens and initial states.
  public let instruction: Int?

  /// The coordinate of the instruction's result, of the token, or of the state.
  public let row: Int
  public let operation: Operation

  /// What came out.
  public let result: Double

  /// |rounded − exact| of this operation alone, rounded up; infinite if the result is not finite.
  public let amount: Double
}

extension Loss.Operation: CustomStringConvertible {
  public var description: String {
    switch self {
    case .token(let coordinate): "rounding coordinate \(coordinate) of the token"
    case .weight(let weight, let factor): "the weight \(weight), rounded, times \(factor)"
    case .offset(let offset): "rounding the offset \(offset)"
    case .initialState(let number): "rounding the initial state \(number)"
    case .product(let left, let right): "the product \(left) · \(right)"
    case .sum(let left, let right): "the sum \(left) + \(right)"
    }
  }
}

/// The first rounding that loses something on a run, and the one that loses most.
public struct Losses: Hashable, Sendable {
  public private(set) var first: Loss?
  public private(set) var largest: Loss?

  /// How many roundings lost something.
  public private(set) var count = 0

  /// Runs `tape` on `tokens` in the order of operations that it promises.
  public init(_ tape: Tape, format: FloatFormat, tokens: [[Rational]]) throws(EngineError) {
    for token in tokens where token.count != tape.inputDimension {
      throw .tokenSize(expected: tape.inputDimension, found: token.count)
    }
    let flat = try FlatTape(tape)
    switch format {
    case .binary64: run(flat, tokens, NearestEven<Double>.self)
    case .binary32: run(flat, tokens, NearestEven<Float>.self)
    case .binary16: run(flat, tokens, NearestEven<Binary16>.self)
    default:
      precondition(format == .bfloat16, "no arithmetic for \(format.name)")
      run(flat, tokens, NearestEven<BFloat16>.self)
    }
  }

  private mutating func run<Model: RoundingModel>(
    _ tape: FlatTape, _ tokens: [[Rational]], _ model: Model.Type
  ) {
    var run = LossRun<Model>(tape)
    for token in tokens { run.read(token) }
    self = run.losses
  }

  mutating func note(_ loss: Loss) {
    count += 1
    if first == nil { first = loss }
    if loss.amount > largest?.amount ?? 0 { largest = loss }
  }

  init() {}
}
