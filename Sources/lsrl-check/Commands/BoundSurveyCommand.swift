import ArgumentParser
import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import Foundation
import LSRL
import Properties
import PropertyTesting
import Verification

struct BoundSurveyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: "Measures how far off error bounds are, and how long they take.",
    discussion: """
      Examples:
        lsrl-check bound survey fixtures/corpus/random.jsonl --time
        lsrl-check bound survey fixtures/corpus/named.jsonl --only listing2

      For files in the corpus's form: each run as program and as lean path, in each --format and \
      both modes. The quantiles are those of bound / error over outputs that are not exact. With \
      --time also how long a run takes with bounds, in multiples of the float engine's time for \
      the same sequence in binary64.
      """)

  @Argument(help: "Files of programs with tokens, in the corpus's form.")
  var corpora: [String] = []

  @Option(help: ArgumentHelp("Only programs whose names start so.", valueName: "prefix"))
  var only = ""

  @Option(help: "The formats; repeatable. binary64 and binary32 unless given.")
  var format: [FloatFormat] = []

  @Flag(help: "Measure time, too.")
  var time = false

  func validate() throws {
    guard !corpora.isEmpty else { throw ValidationError("bound survey takes files") }
  }

  func perform() async throws -> Outcome {
    var survey = BoundSurvey(
      formats: format.isEmpty ? [.binary64, .binary32] : format, measuresTime: time)
    for file in corpora {
      for line in try CorpusFile(file).lines() where line.value.name.hasPrefix(only) {
        do {
          try survey.add(line.value)
        } catch {
          throw Failure.badInput("\(file):\(line.number): \(error)")
        }
      }
    }
    try StandardOutput.line(survey.text)
    return survey.isRefuted ? .refuted : .holds
  }
}
