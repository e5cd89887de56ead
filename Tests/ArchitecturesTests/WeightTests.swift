import Architectures
import ExactArithmetic
import Testing

@Suite("Weights of a stack")
struct WeightTests {
  /// Every weight is used: changing it by 1 changes some output.
  private static let gated = LayerStack(
    architecture: .gatedLinearRNN, inputDimension: 1,
    layers: [
      .gatedLinearRNN(
        GatedLinearRNNLayer(
          recurrence: [[1]], input: AffineMap([[1]], offset: [2]), initial: [-8],
          gate: MLP([AffineMap([[1]], offset: [1])]),
          output: MLP([AffineMap([[1], [-1]]), AffineMap([[2, 1]], offset: [1])])))
    ], readOut: AffineMap([[1]], offset: [1]))

  private static let mamba = LayerStack(
    architecture: .mamba, inputDimension: 1, embedding: .tokenAndOne,
    layers: [
      .mamba(
        MambaBlock(
          input: [[1, 1], [0, 2]], gate: [[1, 1], [0, 1]],
          convolution: [[1, 2, 1, 3], [1, 1, 1, 1]], convolutionBias: [1, 2],
          stepReduction: [[1, 1]], step: AffineMap([[1], [1]], offset: [1, 0]),
          writing: [[1, 1], [0, 1]], reading: [[1, 0], [1, 1]], decay: [[1, 0], [1, 1]],
          skip: [1, 2], output: [[1, 1]]))
    ], readOut: AffineMap([[1]], offset: [1]))

  @Test("Names are unique and say where a weight is")
  func names() {
    let names = Self.mamba.weights.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(
      names == [
        "layers.0.input", "layers.0.gate", "layers.0.convolution.matrix",
        "layers.0.convolution.offset", "layers.0.stepReduction", "layers.0.step.matrix",
        "layers.0.step.offset", "layers.0.writing", "layers.0.reading", "layers.0.decay",
        "layers.0.skip", "layers.0.output", "readOut.matrix", "readOut.offset",
      ])
    #expect(Self.mamba.weights[2].shape == [2, 4])
    #expect(Self.mamba.weights[3].shape == [2])
    #expect(Self.mamba.weights[2][0, 3] == 3)
    #expect(Self.mamba.weights[3][1, 0] == 2)
  }

  @Test("Changing any one weight changes the run, and nothing but that weight")
  func mutations() throws {
    let tokens: [[Rational]] = [[1], [2], [3], [-1], [5], [1]]
    for stack in [Self.gated, Self.mamba] {
      let outputs = try stack.run(tokens)
      for weight in stack.weights {
        for row in 0..<weight.values.rowCount {
          for column in 0..<weight.values.columnCount {
            let value = weight[row, column] + 1
            let changed = try #require(
              stack.replacing(weight.name, row: row, column: column, by: value))
            let place = "\(weight.name) \(row) \(column)"
            #expect(try changed.run(tokens) != outputs, "\(place)")
            let found = try #require(changed.weights.first { $0.name == weight.name })
            #expect(found[row, column] == value, "\(place)")
            #expect(zip(changed.weights, stack.weights).count { $0 != $1 } == 1, "\(place)")
            #expect(
              changed.replacing(weight.name, row: row, column: column, by: value - 1) == stack)
          }
        }
      }
    }
  }

  @Test("What does not exist is not replaced")
  func missing() {
    #expect(Self.mamba.replacing("layers.1.input", row: 0, by: 1) == nil)
    #expect(Self.mamba.replacing("layers.0.input", row: 2, by: 1) == nil)
    #expect(Self.mamba.replacing("layers.0.skip", row: 0, column: 1, by: 1) == nil)
    #expect(Self.mamba.replacing("layers.0.skip", row: -1, by: 1) == nil)
  }

  @Test("Sizes count parameters, not initial states")
  func sizes() {
    let size = Self.gated.size
    #expect(size.layerCount == 1 && size.widths == [2] && size.width == 2)
    // A 1, B b 2, γ 2, φ 4 + 3, read-out 2.
    #expect(size.denseParameters == 14)
    #expect(size.nonzeros == 12, "the offsets of φ's first map are zero")
    #expect(Self.gated.weights.count { $0.role == .initialState } == 1)
  }
}
