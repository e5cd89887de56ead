import ErrorAnalysis
import Evaluation

/// Bounds a tape over a box of tokens and prints what is proved.
struct BoxBound {
  let file: String
  let steps: Int
  let format: FloatFormat
  let json: Bool

  /// Each token has its own line in the answer.
  static let mostSteps = 1_000_000

  func perform(on tape: Tape) throws -> Outcome {
    let box = try BoxFile(file).box(dimension: tape.inputDimension)
    let bound = tape.errorBound(over: box, tokens: steps, in: format)
    guard bound.gap != .contradiction else {
      throw Failure(code: .ourBug, message: "the analysis contradicts itself")
    }
    try StandardOutput.line(json ? bound.json.description : bound.text)
    return bound.gap == nil ? .holds : .undecided
  }
}
