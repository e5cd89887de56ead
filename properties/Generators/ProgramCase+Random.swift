import ExactArithmetic
import LSRL
import PropertyTesting

extension ProgramCase {
  /// A case as the properties are tried on.
  public static func random(_ choices: inout Choices) -> ProgramCase {
    Generator.programCases()(&choices)
  }

  /// 4 to 12 tokens that keep to the program's declared ranges, fractions of either sign and
  /// whatever the properties try.
  public static func tokens(for program: Program, _ choices: inout Choices) -> [[Rational]] {
    let length = 4 + choices.index(below: 9)
    return (0..<length).map { _ in
      if choices.index(below: 2) == 0 { return choices.token(within: program.inputRanges) }
      return zip(choices.fractions(program.inputRanges.count), program.inputRanges).map {
        max(min($0, $1.upper ?? $0), $1.lower ?? $0)
      }
    }
  }
}
