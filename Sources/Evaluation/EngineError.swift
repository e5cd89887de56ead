/// Why an engine cannot run a program, or not further.
public enum EngineError: Error, Hashable, Sendable {
  /// A token that the program cannot read.
  case tokenSize(expected: Int, found: Int)

  /// A program whose values take more room than allowed, even before it runs.
  case tooManyNumbers(Int, limit: Int)

  /// A vector whose numbers take more bits than allowed, by the proven bound on its size.
  case tooLarge(instruction: Int, bits: Int, limit: Int)

  /// A constant, such as √(1 − a²), that is no rational.
  case irrationalConstant(instruction: Int)

  /// A weight beyond the largest float, in a tape that needs finite ones.
  case infiniteWeight(instruction: Int)
}

extension EngineError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tokenSize(let expected, let found):
      "expected a token of \(expected) numbers, found \(found)"
    case .tooManyNumbers(let count, let limit):
      "the program keeps \(count) numbers at a time, more than the \(limit) allowed"
    case .tooLarge(let instruction, let bits, let limit):
      "the result of instruction \(instruction) may take \(bits) bits, "
        + "more than the \(limit) allowed"
    case .irrationalConstant(let instruction):
      "a number of instruction \(instruction) is irrational"
    case .infiniteWeight(let instruction):
      "a weight of instruction \(instruction) is too large for these floats"
    }
  }
}
