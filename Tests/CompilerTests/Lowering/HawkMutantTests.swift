import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing

/// A lowering is worth what its test rejects: each of these is wrong on purpose, some as printed in
/// arXiv 2406.01424, and must be caught within the first 1,000 random paths.
@Suite("Wrong lowerings to Hawk and Griffin are caught")
struct HawkMutantTests {
  struct Mutant: CustomStringConvertible, Sendable {
    let description: String
    var architectures: [Architecture] = [.hawk, .griffin]
    var options = LoweringOptions()

    /// Wrong on the path, for a lowering that is right.
    var path: @Sendable (PathGraph) throws -> PathGraph = { $0 }
    var recurrence: @Sendable (HawkRecurrence) -> HawkRecurrence = { $0 }
    var mlp: @Sendable (GatedMLP) -> GatedMLP = { $0 }
  }

  static let mutants: [Mutant] = [
    Mutant(
      description: "b′ without (A − I) s₀", architectures: all, path: { try $0.withLateInitial() }),
    Mutant(
      description: "1/√(1 − a²) forgotten",
      recurrence: {
        $0.with(
          inputGate: AffineMap(
            $0.inputGate.matrix, offset: $0.inputGate.offset.map { _ in Rational(1) }))
      }),
    Mutant(
      description: "the reset not mended", options: LoweringOptions(resetsAtStart: true),
      recurrence: {
        $0.with(
          inputGate: AffineMap(
            .zero($0.channelCount, $0.channelCount), offset: $0.inputGate.offset))
      }),
    Mutant(
      description: "taps one too near",
      recurrence: { recurrence in
        guard case .depthwise(let weights) = recurrence.convolution else { return recurrence }
        return recurrence.with(convolution: .depthwise(weights.tapsMoved))
      }),
    Mutant(
      description: "old values not erased by recurrences",
      recurrence: { $0.with(output: $0.output.withoutNegatives) }),
    Mutant(
      description: "old values not erased by MLPs",
      mlp: { GatedMLP(up: $0.up, gate: $0.gate, down: $0.down.withoutOpenNegatives($0.gate)) }),
    Mutant(
      description: "p σ(q) for p q", architectures: all,
      mlp: { GatedMLP(up: $0.up, gate: $0.gate, down: $0.down.withoutClosedNegatives($0.gate)) }),
    Mutant(
      description: "E.1 as printed: Ã B̃ = 0", architectures: [.hawkDense],
      recurrence: { recurrence in
        guard case .dense(let kernel) = recurrence.convolution else { return recurrence }
        return recurrence.with(
          convolution: .dense(
            kernel.enumerated().map { $0.offset == 0 ? $0.element : .zero($0.element) }))
      }),
    Mutant(
      description: "a kernel that starts with A", architectures: [.hawkDense],
      recurrence: { recurrence in
        guard case .dense(let kernel) = recurrence.convolution, kernel.count > 1 else {
          return recurrence
        }
        return recurrence.with(convolution: .dense(Array(kernel.dropFirst())))
      }),
    Mutant(
      description: "a kernel one short", architectures: [.hawkDense],
      options: LoweringOptions(maximumLength: 3),
      recurrence: { recurrence in
        guard case .dense(let kernel) = recurrence.convolution, kernel.count > 1 else {
          return recurrence
        }
        return recurrence.with(convolution: .dense(Array(kernel.dropLast())))
      }),
    Mutant(
      description: "E.3 as printed: W_e = I beside b_e = 1", architectures: [.hawkDense],
      mlp: { mlp in
        guard mlp.width == mlp.inputDimension, mlp.up.matrix.nonzeroCount == 0 else { return mlp }
        let up = AffineMap(.identity(mlp.width), offset: mlp.up.offset)
        return GatedMLP(up: up, gate: mlp.gate, down: mlp.down)
      }),
    Mutant(
      description: "E.1's r left open: with 8r = 0, 0⁰ = 1 keeps h and lets nothing in",
      architectures: all,
      recurrence: {
        $0.with(
          recurrenceGate: AffineMap(
            $0.recurrenceGate.matrix, offset: $0.recurrenceGate.offset.map { _ in Rational(0) }))
      }),
  ]

  private static let all: [Architecture] = [.hawk, .griffin, .hawkDense]

  @Test("caught", arguments: mutants)
  func caught(mutant: Mutant) throws {
    for architecture in mutant.architectures {
      var found: Int?
      for seed in 0..<1_000 where found == nil {
        let sample = try PathCase(seed: seed, matrices: MatrixKind.hawks)
        let tokens = mutant.options.maximumLength.map { Array(sample.tokens.prefix($0)) }
        let expected = sample.path.run(tokens ?? sample.tokens)
        let right = try lowered(
          path: sample.path, to: architecture, options: mutant.options)
        #expect(try right.run(tokens ?? sample.tokens) == expected)
        let wrong = try mutant.applied(to: sample.path, architecture)
        if (try? wrong.run(tokens ?? sample.tokens)) != expected { found = seed }
      }
      #expect(found != nil, "\(mutant) on \(architecture.rawValue)")
    }
  }

  @Test("Griffin's attention disturbs, if its output is not zero")
  func attention() throws {
    let path = try PathCase.state(.diagonal([Rational(3, 5), 0]))
    let relus = [Operation.relu, .linear(AffineMap([[1, -1], [0, 2]], offset: [-1, 1])), .relu]
    let longer = try PathGraph(
      inputDimension: 2,
      steps: path.steps + (relus + relus.dropFirst() + [.relu]).map { PathGraph.Step($0) })
    let stack = try lowered(path: longer, to: .griffin)
    let tokens: [[Rational]] = [[1, 2], [3, 4], [-1, 7]]
    let expected = longer.run(tokens)
    #expect(try stack.run(tokens) == expected)
    let floats = tokens.map { $0.map(Double.init(nearest:)) }
    let undisturbed = try stack.run(floats)
    var differing = 0
    let width = stack.layers[2].outputDimension
    for (row, column) in (0..<width).flatMap({ row in (0..<width).map { (row, $0) } }) {
      let attentive = stack.replacing(
        "layers.2.attention.value", row: 0, column: column, by: 2)
      let disturbed = try #require(
        attentive?.replacing("layers.2.attention.output.matrix", row: row, column: 0, by: 1))
      #expect(throws: EvaluationError.inexactAttention(layer: 2)) { try disturbed.run(tokens) }
      if try disturbed.run(floats) != undisturbed { differing += 1 }
    }
    #expect(differing > 0)
  }
}

extension HawkMutantTests.Mutant {
  fileprivate func applied(
    to path: PathGraph, _ architecture: Architecture
  ) throws -> LayerStack {
    let stack = try lowered(path: self.path(path), to: architecture, options: options)
    let layers = stack.layers.map { layer -> Layer in
      guard case .hawk(let block) = layer else { return layer }
      var mixing = block.mixing
      if case .recurrence(let right) = mixing { mixing = .recurrence(recurrence(right)) }
      return .hawk(HawkBlock(family: block.family, mixing: mixing, mlp: mlp(block.mlp)))
    }
    return LayerStack(
      architecture: architecture, inputDimension: stack.inputDimension, embedding: stack.embedding,
      layers: layers, readOut: stack.readOut, maximumLength: stack.maximumLength)
  }
}

extension HawkRecurrence {
  fileprivate func with(
    convolution: Convolution? = nil, recurrenceGate: AffineMap? = nil,
    inputGate: AffineMap? = nil, output: AffineMap? = nil
  ) -> HawkRecurrence {
    HawkRecurrence(
      input: input, convolution: convolution ?? self.convolution,
      convolutionBias: convolutionBias, decay: decay,
      recurrenceGate: recurrenceGate ?? self.recurrenceGate,
      inputGate: inputGate ?? self.inputGate, gate: gate, output: output ?? self.output,
      resetsAtStart: resetsAtStart)
  }
}

extension PathGraph {
  /// States that start from zero, with s₀ added behind them.
  fileprivate func withLateInitial() throws -> PathGraph {
    try PathGraph(
      inputDimension: inputDimension,
      steps: steps.flatMap { step -> [Step] in
        guard case .linState(let state) = step.operation else { return [step] }
        let zeros = [Rational](repeating: 0, count: state.dimension)
        return [
          Step(
            .linState(LinState(recurrence: state.recurrence, input: state.input, initial: zeros))),
          Step(.linear(AffineMap(.identity(state.dimension), offset: state.initial))),
        ]
      })
  }
}

extension Matrix {
  fileprivate static func zero(_ like: Matrix) -> Matrix { .zero(like.rowCount, like.columnCount) }

  /// Lags 1 to 3 one less.
  fileprivate var tapsMoved: Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.map { row in
        row.count == 1 && row.first.map { $0.column > 0 } ?? false
          ? row.map { Entry(column: $0.column - 1, value: $0.value) } : Array(row)
      })
  }

  /// Without the entries that are −1 in columns that `drops`.
  fileprivate func withoutNegatives(_ drops: (Int) -> Bool) -> Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.map { $0.filter { !($0.value == -1 && drops($0.column)) } })
  }
}

extension AffineMap {
  fileprivate var withoutNegatives: AffineMap {
    AffineMap(matrix.withoutNegatives { _ in true }, offset: offset)
  }

  /// Without the −1 of units whose gate is constant.
  fileprivate func withoutOpenNegatives(_ gate: AffineMap) -> AffineMap {
    AffineMap(matrix.withoutNegatives { gate.matrix.row($0).isEmpty }, offset: offset)
  }

  /// Without the −1 of units whose gate is not constant.
  fileprivate func withoutClosedNegatives(_ gate: AffineMap) -> AffineMap {
    AffineMap(matrix.withoutNegatives { !gate.matrix.row($0).isEmpty }, offset: offset)
  }
}
