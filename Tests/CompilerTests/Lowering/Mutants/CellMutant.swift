import Architectures
import Compiler
import ExactArithmetic
import LSRL

/// A lowering that is wrong on purpose.
struct CellMutant: Sendable, CustomStringConvertible {
  let description: String
  let architecture: Architecture

  /// Whether inputs are known to lie in [0, 4].
  let knowsRanges: Bool
  let lower: @Sendable (PathGraph, LoweringOptions) throws -> LayerStack

  init(
    _ architecture: Architecture, _ description: String,
    lowering lower: @escaping @Sendable (PathGraph, LoweringOptions) throws -> LayerStack
  ) {
    self.architecture = architecture
    self.description = "\(architecture.rawValue): \(description)"
    knowsRanges = false
    self.lower = lower
  }

  /// Lowers rightly, then changes each layer.
  init(
    _ architecture: Architecture, _ description: String, knowsRanges: Bool = false,
    _ start: LoweringOptions.InitialState = .passed, inCell: Bool = false,
    changing change: @escaping @Sendable (Layer) -> Layer
  ) {
    self.architecture = architecture
    self.description = "\(architecture.rawValue): \(description)"
    self.knowsRanges = knowsRanges
    lower = { path, options in
      var options = options
      options.initialState = start
      options.keepsStatesInCell = inCell
      let stack = try lowered(path: path, to: architecture, options: options)
      return LayerStack(
        architecture: architecture, inputDimension: stack.inputDimension,
        layers: stack.layers.map(change), readOut: stack.readOut)
    }
  }

  /// Shifts states, but lowers other states than those of the path.
  init(
    _ architecture: Architecture, _ description: String,
    shifting change: @escaping @Sendable (LinState) -> LinState
  ) {
    self.architecture = architecture
    self.description = "\(architecture.rawValue): \(description)"
    knowsRanges = false
    lower = { path, options in
      let steps = path.steps.map { step -> PathGraph.Step in
        guard case .linState(let state) = step.operation else { return step }
        return PathGraph.Step(.linState(change(state)))
      }
      var options = options
      options.initialState = .shifted
      let wrong = try PathGraph(inputDimension: path.inputDimension, steps: steps)
      return try lowered(path: wrong, to: architecture, options: options)
    }
  }

  /// What can be forgotten of a start, whatever the cell.
  static func starts(_ architecture: Architecture) -> [CellMutant] {
    [
      CellMutant(
        architecture, "starts at [s0; −s0] instead of (s0⁺, s0⁻)",
        changing: { layer in
          layer.changingInitial { pair in
            let half = pair.count / 2
            let values = (0..<half).map { pair[$0] - pair[half + $0] }
            return half * 2 == pair.count ? values + values.map { -$0 } : pair
          }
        }),
      CellMutant(
        architecture, "(A − I) s0 is forgotten in the offset",
        shifting: { $0.changingOffset(by: -1) }),
      CellMutant(
        architecture, "s0 is not added behind the cell",
        shifting: { state in
          let moved = state.changingOffset(by: 1)
          return LinState(
            recurrence: state.recurrence, input: moved.input,
            initial: state.initial.map { _ in 0 })
        }),
    ]
  }
}

extension LinState {
  /// b + `sign` (A − I) s₀.
  fileprivate func changingOffset(by sign: Rational) -> LinState {
    let zeros = [Rational](repeating: 0, count: dimension)
    let next = recurrence.accumulate(initial, onto: zeros)
    let offset = input.offset.indices.map {
      input.offset[$0] + sign * (next[$0] - initial[$0])
    }
    return LinState(
      recurrence: recurrence, input: AffineMap(input.matrix, offset: offset), initial: initial)
  }
}

// MARK: - Changing layers

extension Layer {
  fileprivate func changingInitial(_ change: ([Rational]) -> [Rational]) -> Layer {
    switch self {
    case .rnn(let layer): .rnn(RNNLayer(layer.map, initial: change(layer.initial)))
    case .gatedRNN(let layer):
      .gatedRNN(
        GatedRNNLayer(
          layer.map, initial: change(layer.initial), gate: layer.gate, output: layer.output))
    case .lstm(let layer):
      .lstm(
        LSTMLayer(
          forget: layer.forget, input: layer.input, output: layer.output,
          candidate: layer.candidate, initialHidden: change(layer.initialHidden),
          initialCell: change(layer.initialCell)))
    case .gru(let layer):
      .gru(
        GRULayer(
          update: layer.update, reset: layer.reset, candidate: layer.candidate,
          initial: change(layer.initial)))
    case .gruResetAfter(let layer):
      .gruResetAfter(
        GRUResetAfterLayer(
          update: layer.update, reset: layer.reset, candidateInput: layer.candidateInput,
          candidateState: layer.candidateState, initial: change(layer.initial)))
    default: self
    }
  }
}

extension Matrix {
  /// Each entry by its row, column and value.
  func mapping(_ change: (Int, Int, Rational) -> Rational) -> Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.enumerated().map { index, row in
        row.map { Entry(column: $0.column, value: change(index, $0.column, $0.value)) }
      })
  }
}

extension AffineMap {
  /// x ↦ constant − self(x).
  func subtracted(from constant: Rational) -> AffineMap {
    AffineMap(-matrix, offset: offset.map { constant - $0 })
  }

  var withoutOffset: AffineMap { AffineMap(matrix) }
}

extension RecurrentMap {
  /// Whether h is read at all: by states, and by some units of products.
  var recurs: Bool { recurrence.nonzeroCount > 0 }

  var withoutOffset: RecurrentMap {
    RecurrentMap(input: input.withoutOffset, recurrence: recurrence)
  }

  /// Units of the second half, the negative parts of a state, take no part in the next state.
  var ignoringNegativeParts: RecurrentMap {
    RecurrentMap(
      input: input, recurrence: recurrence.mapping { 2 * $1 < recurrence.columnCount ? $2 : 0 })
  }

  /// The negative parts of a state are always zero.
  var losingNegativeParts: RecurrentMap {
    guard recurs else { return self }
    return RecurrentMap(
      input: AffineMap(
        input.matrix.mapping { 2 * $0 < size ? $2 : 0 },
        offset: input.offset.enumerated().map { 2 * $0.offset < size ? $0.element : 0 }),
      recurrence: recurrence.mapping { row, _, value in 2 * row < size ? value : 0 })
  }

  /// x, h ↦ constant − self.
  func subtracted(from constant: Rational) -> RecurrentMap {
    RecurrentMap(input: input.subtracted(from: constant), recurrence: -recurrence)
  }

  /// Units 2k and 2k + 1 change places.
  var swappingPairs: RecurrentMap {
    guard size.isMultiple(of: 2) else { return self }
    let order = (0..<size).map { $0 ^ 1 }
    return RecurrentMap(input: input.outputs(order), recurrence: recurrence.rows(order))
  }

  /// Entries of W become 1 or −1: a gate forgets the bound that it divides by.
  var unscaled: RecurrentMap {
    RecurrentMap(
      input: AffineMap(
        input.matrix.mapping { _, _, value in value > 0 ? 1 : -1 }, offset: input.offset),
      recurrence: recurrence)
  }
}
