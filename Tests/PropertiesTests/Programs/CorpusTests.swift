import ExactArithmetic
import ExactJSON
import Foundation
import LSRL
import Testing

/// The interpreter against outputs that two other evaluators agreed on.
@Suite("The corpus")
struct CorpusTests {
  @Test(
    "The interpreter gives the recorded outputs",
    arguments: [("random", 200), ("named", 98)])
  func recorded(file: String, count: Int) throws {
    let lines = try Package.text("fixtures/corpus/\(file).jsonl").split(separator: "\n")
    #expect(lines.count == count)
    for line in lines {
      let recorded = try RecordedProgram(JSONValue(parsing: line))
      var interpreter = Interpreter<Rational>(try recorded.graph())
      #expect(try interpreter.run(recorded.inputs) == recorded.outputs, "\(recorded.name)")
    }
  }

  @Test("Minimal programs that the authors' code gets wrong are evaluated rightly")
  func referenceBugs() throws {
    let folder = "fixtures/corpus/reference_bugs"
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Package.folder.appending(path: folder).path())
    var evaluated = 0
    for file in files.sorted() {
      let json = try JSONValue(parsing: Package.text("\(folder)/\(file)"))
      guard json["nodes"] != nil else { continue }  // a table of cases, not a program
      let recorded = try RecordedProgram(json)
      guard let outputs = recorded.outputs else {
        #expect(throws: GraphError.self) { try recorded.graph() }
        continue
      }
      var interpreter = Interpreter<Rational>(try recorded.graph())
      #expect(try interpreter.run(recorded.inputs) == outputs, "\(recorded.name)")
      evaluated += 1
    }
    #expect(evaluated == 9)
  }
}
