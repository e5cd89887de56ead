import Architectures
import ExactArithmetic
import ExactJSON
import Testing

@Suite("Networks as files")
struct LayerFileTests {
  private static func file(_ layers: String, architecture: String = "linear-rnn") -> String {
    """
    {"schema": "lsrl-check/layers/1", "architecture": "\(architecture)", "inputDimension": 1,
     "layers": [\(layers)], "readOut": {"matrix": [[1]], "offset": [0]}}
    """
  }

  private static let counter = """
    {"kind": "linear-rnn", "weights": {"initial": [0], "recurrence": [[1]],
      "input.matrix": [[1]], "input.offset": ["1/2"],
      "output.0.matrix": [[2]], "output.0.offset": [0]}}
    """

  private static func complaint(_ text: String) throws -> String {
    do {
      _ = try LayerStack(parsing: JSONValue(parsing: text))
      return "accepted"
    } catch let error as JSONContentError {
      return "\(error)"
    }
  }

  @Test("A file written by hand is read, and runs")
  func byHand() throws {
    let stack = try LayerStack(parsing: JSONValue(parsing: Self.file(Self.counter)))
    #expect(try stack.run([[1], [1]] as [[Rational]]) == [[3], [6]])
    #expect(try LayerStack(parsing: stack.json) == stack)
    let again = try JSONValue(parsing: stack.json.laidOut())
    #expect(try LayerStack(parsing: again) == stack)
  }

  @Test("Dense and sparse arrays say the same")
  func sparse() throws {
    let sparse = Self.counter.replacing(
      "\"input.offset\": [\"1/2\"]",
      with: "\"input.offset\": {\"shape\": [1], \"nonzeros\": [[0, \"1/2\"]]}"
    ).replacing(
      "\"recurrence\": [[1]]",
      with: "\"recurrence\": {\"shape\": [1, 1], \"nonzeros\": [[0, 0, 1]]}")
    #expect(
      try LayerStack(parsing: JSONValue(parsing: Self.file(sparse)))
        == LayerStack(parsing: JSONValue(parsing: Self.file(Self.counter))))
  }

  @Test(
    "What does not fit is refused before a layer is built, with the place",
    arguments: [
      (
        "\"recurrence\": [[1]]", "\"recurrence\": [[1, 0], [0, 1]]",
        "layers[0].weights.recurrence: expected 1×1, found 2×2"
      ),
      (
        "\"recurrence\": [[1]]", "\"recurrence\": []",
        "layers[0].weights.recurrence: expected rows, or a shape and non-zeros, found an empty list"
      ),
      (
        "\"input.offset\": [\"1/2\"]", "\"input.offset\": [1, 2]",
        "layers[0].weights.input.offset: expected 1 numbers, found 2"
      ),
      (
        "\"input.matrix\": [[1]], ", "",
        "layers[0].weights: expected a member \"input.matrix\", found none"
      ),
      (
        "\"input.matrix\": [[1]]", "\"input.matrix\": [[1], [2, 3]]",
        "layers[0].weights.input.matrix: expected 1×1, found 2×1"
      ),
      (
        "\"output.0.matrix\": [[2]]", "\"output.0.matrix\": {\"shape\": [1, 1], \"nonzeros\": [[0, 1, 2]]}",
        "layers[0].weights.output.0.matrix.nonzeros[0][1]: expected an index below 1, found 1"
      ),
      (
        "\"output.0.matrix\": [[2]]",
        "\"output.0.matrix\": {\"shape\": [999999999, 1], \"nonzeros\": []}",
        "layers[0].weights.output.0.matrix: expected dimensions from 0 to 262144, found 999999999"
      ),
      (
        "\"output.0.matrix\": [[2]]",
        "\"output.0.matrix\": {\"shape\": [1, 1], \"nonzeros\": [[0, 0, 2], [0, 0, 3]]}",
        "layers[0].weights.output.0.matrix.nonzeros[1]: expected entries by ascending row and "
          + "column, found one behind"
      ),
      (
        "\"kind\": \"linear-rnn\"", "\"kind\": \"mamba\"",
        "layers[0].kind: expected \"linear-rnn\", as the stack's architecture, found \"mamba\""
      ),
      (
        "\"initial\": [0]", "\"initial\": [0], \"inital\": [1]",
        "layers[0].weights: expected only initial, input.matrix, input.offset, output.0.matrix, "
          + "output.0.offset, recurrence, found \"inital\""
      ),
      (
        "\"initial\": [0]", "\"initial\": [\"x\"]",
        "layers[0].weights.initial[0]: expected a number"
      ),
    ])
  func refusals(old: String, new: String, complaint: String) throws {
    let text = Self.file(Self.counter.replacing(old, with: new))
    #expect(text != Self.file(Self.counter))
    #expect(try Self.complaint(text).hasPrefix(complaint))
  }

  @Test("The whole is checked too")
  func whole() throws {
    let good = Self.file(Self.counter)
    #expect(
      try Self.complaint(good.replacing("\"inputDimension\": 1", with: "\"inputDimension\": 2"))
        == "layers[0].weights.input.matrix: expected 1×2, found 1×1")
    #expect(
      try Self.complaint(good.replacing("\"inputDimension\": 1", with: "\"inputDimension\": -1"))
        == "inputDimension: expected a dimension from 1 to 262144, found -1")
    #expect(
      try Self.complaint(good.replacing("\"offset\": [0]}}", with: "\"offset\": [0, 0]}}"))
        == "readOut.offset: expected 1 numbers, found 2")
    #expect(
      try Self.complaint(good.replacing("layers/1", with: "layers/2"))
        == "schema: expected \"lsrl-check/layers/1\", found \"lsrl-check/layers/2\"")
    #expect(try Self.complaint(good.replacing("linear-rnn\", \"in", with: "lstn\", \"in"))
      .hasPrefix("architecture: expected one of linear-rnn"))
  }

  @Test("Arrays that would take too much together are refused")
  func memory() throws {
    let large = "{\"shape\": [262144, 262144], \"nonzeros\": []}"
    let text = Self.file(
      Self.counter.replacing("\"initial\": [0]", with: "\"initial\": \(large)"))
    #expect(try Self.complaint(text).contains("weights.initial.shape: expected 1 dimensions"))
    let block = """
      {"kind": "mamba", "weights": {"input": {"shape": [65536, 1], "nonzeros": []},
       "writing": {"shape": [4096, 65536], "nonzeros": []}}}
      """
    #expect(
      try Self.complaint(Self.file(block, architecture: "mamba"))
        == "layers[0].weights: expected states of at most 16777216 numbers altogether, found more")
  }
}
