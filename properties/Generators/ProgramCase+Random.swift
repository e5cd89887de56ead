import ExactArithmetic
import LSRL
import PropertyTesting

extension ProgramCase {
  /// A case as the properties are tried on.
  public static func random(_ choices: inout Choices) -> ProgramCase {
    Generator.programCases()(&choices)
  }

  /// 4 to 12 tokens, or 40, that keep to the program's declared ranges: whole numbers, fractions of
  /// either sign, and whatever the properties try.
  public static func tokens(for program: Program, _ choices: inout Choices) -> [[Rational]] {
    let ranges = program.inputRanges
    let length = choices.index(below: 5) == 4 ? 40 : 4 + choices.index(below: 9)
    let kind = choices.index(below: 3)
    return (0..<length).map { _ in
      if kind == 0 { return choices.token(within: ranges) }
      let numbers =
        kind == 1
        ? choices.fractions(ranges.count) : ranges.map { _ in choices.whole(from: -2, to: 9) }
      return zip(numbers, ranges).map { max(min($0, $1.upper ?? $0), $1.lower ?? $0) }
    }
  }
}
