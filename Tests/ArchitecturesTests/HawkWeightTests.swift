import Architectures
import ExactArithmetic
import Testing

@Suite("Weights of a Hawk")
struct HawkWeightTests {
  private static let quarter = Rational(1, 4)

  /// For scores so small that softmax does not round to 0 and 1.
  private static let tiny = Rational(1, 100_000_000)

  private static func recurrence(_ convolution: HawkRecurrence.Convolution) -> HawkRecurrence {
    HawkRecurrence(
      input: AffineMap([[1, 2], [-1, 1]], offset: [1, 0]), convolution: convolution,
      convolutionBias: [quarter, 1], decay: [quarter, quarter],
      recurrenceGate: AffineMap([[quarter, 1], [0, quarter]], offset: [quarter, quarter]),
      inputGate: AffineMap([[1, quarter], [0, 1]], offset: [1, 3]),
      gate: AffineMap([[1, 1], [2, quarter]], offset: [9, 8]),
      output: AffineMap([[1, 1], [-1, 2]], offset: [1, 0]))
  }

  private static let mlp = GatedMLP(
    up: AffineMap([[1, 2]], offset: [1]), gate: AffineMap([[quarter, -1]], offset: [50]),
    down: AffineMap([[1], [quarter]], offset: [0, 1]))

  private static let stacks = [
    HawkBlockTests.stack(
      HawkBlock(
        family: .griffin,
        mixing: .recurrence(recurrence(.depthwise([[1, 2, 1, 3], [1, 1, 1, 1]]))), mlp: mlp),
      HawkBlock(
        family: .griffin,
        mixing: .attention(
          LocalAttention(
            query: [[tiny, 0], [0, -tiny]], key: [[tiny, tiny]], value: [[1, 1]],
            output: AffineMap([[1, 0], [0, 1]], offset: [1, 1]), window: 3)), mlp: mlp)),
    HawkBlockTests.stack(
      HawkBlock(
        family: .dense,
        mixing: .recurrence(recurrence(.dense([.identity(2), [[1, 1], [0, 1]]]))), mlp: mlp)),
  ]

  @Test("Names are unique and say where a weight is")
  func names() {
    for stack in Self.stacks {
      let names = stack.weights.map(\.name)
      #expect(Set(names).count == names.count)
    }
    let names = Set(Self.stacks[0].weights.map(\.name))
    #expect(
      names.isSuperset(of: [
        "layers.0.recurrence.input.matrix", "layers.0.recurrence.convolution.matrix",
        "layers.0.recurrence.convolution.offset", "layers.0.recurrence.decay",
        "layers.0.recurrence.inputGate.offset", "layers.0.mlp.gate.matrix",
        "layers.1.attention.query", "layers.1.attention.output.offset",
      ]))
    #expect(
      Self.stacks[1].weights.contains { $0.name == "layers.0.recurrence.convolution.matrix.1" })
  }

  /// In floats, since most changes leave the rationals.
  @Test("Changing any one weight changes the run, and nothing but that weight", arguments: 0..<2)
  func mutations(index: Int) throws {
    let stack = Self.stacks[index]
    let tokens: [[Double]] = [
      [1, 0.5], [0.25, 1], [0.5, -0.25], [-0.5, 1], [0.25, 0], [1, 1],
    ]
    let outputs = try stack.run(tokens)
    #expect(outputs.joined().allSatisfy { $0.isFinite })
    for weight in stack.weights {
      for row in 0..<weight.values.rowCount {
        for column in 0..<weight.values.columnCount {
          let value = weight[row, column] + Rational(1, 8)
          let changed = try #require(
            stack.replacing(weight.name, row: row, column: column, by: value))
          let place = "\(weight.name) \(row) \(column)"
          #expect(try changed.run(tokens) != outputs, "\(place)")
          #expect(zip(changed.weights, stack.weights).count { $0 != $1 } == 1, "\(place)")
        }
      }
    }
  }

  @Test("Tokens are padded with zeros to the width of the model")
  func padding() throws {
    let block = HawkBlock(
      family: .hawk,
      mixing: .recurrence(Self.recurrence(.depthwise([[1, 0, 0, 0], [1, 0, 0, 0]]))),
      mlp: HawkBlockTests.idleMLP(2))
    func stack(_ dimension: Int, _ embedding: Embedding) -> LayerStack {
      LayerStack(
        architecture: .hawk, inputDimension: dimension, embedding: embedding,
        layers: [.hawk(block)], readOut: .identity(2))
    }
    let padded = try stack(1, .tokenAndZeros).run([[3], [4]] as [[Double]])
    let direct = try stack(2, .token).run([[3, 0], [4, 0]] as [[Double]])
    #expect(padded == direct)
  }
}
