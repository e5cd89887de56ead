import ExactJSON
import LSRL
import PropertyTesting

extension Property {
  /// What is printed reads back to the same program, as text and as JSON, and prints the same
  /// again.
  public static let textRoundTrip = Property(
    id: "text-round-trip",
    statement: "a program printed as text or JSON reads back to the same program"
  ) { run in
    let graph = run.program.graph.canonicallyNamed
    do {
      let text = "\(graph)"
      let read = try ProgramText(parsing: text, file: "printed").program.graph.canonicallyNamed
      guard read == graph, "\(read)" == text else {
        return Examination(.refuted(kind: "the text reads differently", explanation: "\(read)"))
      }
      let json = CorpusCase(name: "printed", program: run.program, tokens: run.tokens, outputs: nil)
      let reread = try CorpusCase(parsing: JSONValue(parsing: json.json.description))
      guard reread.program.graph.canonicallyNamed == graph, reread.tokens == run.tokens,
        reread.program.inputRanges == run.program.inputRanges,
        reread.program.inputSteps == run.program.inputSteps
      else {
        return Examination(
          .refuted(kind: "the JSON reads differently", explanation: "\(reread.program.graph)"))
      }
      return Examination(.holds)
    } catch {
      return Examination(.refuted(kind: "what was printed does not read", explanation: "\(error)"))
    }
  }
}
