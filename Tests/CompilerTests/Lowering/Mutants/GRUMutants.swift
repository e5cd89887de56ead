import Architectures
import Compiler
import ExactArithmetic

extension CellMutant {
  static let gru: [CellMutant] = starts(.gru) + [
    .gru("z keeps, as in libraries") { ($0.update.subtracted(from: 1), $0.reset, $0.candidate) },
    .gru("r shrinks κ instead of h", knowsRanges: true) {
      ($0.update, $0.reset.swappingPairs, $0.candidate)
    },
    .gru("r does nothing", knowsRanges: true) { ($0.update, open($0.reset), $0.candidate) },
    .gru("the bound is forgotten", knowsRanges: true) {
      $0.isProduct ? ($0.update.unscaled, $0.reset.unscaled, $0.candidate) : $0.maps
    },
    .gru("candidates do not accumulate") {
      ($0.update, $0.reset, $0.isProduct ? $0.candidate.withoutDiagonal : $0.candidate)
    },
    .gru("κ is missing") {
      ($0.update, $0.reset, $0.isProduct ? $0.candidate.onlyDiagonal : $0.candidate)
    },
    .gru("a state's negative part is not fed back") {
      ($0.update, $0.reset, $0.isProduct ? $0.candidate : $0.candidate.ignoringNegativeParts)
    },
    .gru("biases are missing") { ($0.update, $0.reset, $0.candidate.withoutOffset) },
    // The same weights, read by the other form of the unit.
    CellMutant(.gruResetAfter, "the weights of the other GRU", lowering: { path, options in
      let stack = try lowered(path: path, to: .gru, options: options)
      return LayerStack(
        architecture: .gruResetAfter, inputDimension: stack.inputDimension,
        layers: stack.layers.map { layer in
          guard case .gru(let layer) = layer else { return layer }
          return .gruResetAfter(
            GRUResetAfterLayer(
              update: layer.update, reset: layer.reset, candidateInput: layer.candidate.input,
              candidateState: AffineMap(layer.candidate.recurrence), initial: layer.initial))
        }, readOut: stack.readOut)
    }),
  ]

  private typealias Maps = (update: RecurrentMap, reset: RecurrentMap, candidate: RecurrentMap)

  private static func open(_ map: RecurrentMap) -> RecurrentMap {
    .constant(Array(repeating: 1, count: map.size), reading: map.inputDimension)
  }

  private static func gru(
    _ description: String, knowsRanges: Bool = false,
    _ change: @escaping @Sendable (GRULayer) -> Maps
  ) -> CellMutant {
    CellMutant(.gru, description, knowsRanges: knowsRanges, changing: { layer in
      guard case .gru(let layer) = layer else { return layer }
      let maps = change(layer)
      return .gru(
        GRULayer(
          update: maps.update, reset: maps.reset, candidate: maps.candidate,
          initial: layer.initial))
    })
  }

  static let gruResetAfter: [CellMutant] = starts(.gruResetAfter) + [
    .library("z replaces, as in the paper") {
      $0.replacing(update: $0.update.subtracted(from: 1))
    },
    .library("r shrinks h instead of κ", knowsRanges: true) {
      $0.replacing(reset: $0.reset.swappingPairs)
    },
    .library("the bound is forgotten", knowsRanges: true) {
      $0.isProduct ? $0.replacing(update: $0.update.unscaled, reset: $0.reset.unscaled) : $0
    },
    .library("κ is missing", knowsRanges: true) {
      $0.isProduct
        ? $0.replacing(candidateState: AffineMap(.zero($0.size, $0.size))) : $0
    },
    .library("the clock stands still") {
      $0.isClocked
        ? $0.replacing(
          candidateState: AffineMap(
            $0.candidateState.matrix.mapping { row, _, value in row == 0 ? 0 : value },
            offset: $0.candidateState.offset))
        : $0
    },
    .library("parts pass on both beats") {
      $0.isClocked
        ? $0.replacing(
          candidateState: AffineMap(
            $0.candidateState.matrix.mapping { row, _, value in row == 0 ? value : 0 },
            offset: $0.candidateState.offset.map { _ in 1 }))
        : $0
    },
    .library("the second bias of candidates is missing") {
      $0.replacing(candidateState: $0.candidateState.withoutOffset)
    },
    // Of all four terms of a product the Qs cancel: to be seen only where ranges leave terms out.
    .library("1 + P is P: the clock is not read", knowsRanges: true) {
      $0.isAlternating
        ? $0.replacing(
          update: RecurrentMap(
            input: AffineMap(
              $0.update.input.matrix.mapping { _, column, value in column == 0 ? 0 : value })))
        : $0
    },
    .library("biases are missing") {
      $0.replacing(candidateInput: $0.candidateInput.withoutOffset)
    },
  ]

  private static func library(
    _ description: String, knowsRanges: Bool = false,
    _ change: @escaping @Sendable (GRUResetAfterLayer) -> GRUResetAfterLayer
  ) -> CellMutant {
    CellMutant(.gruResetAfter, description, knowsRanges: knowsRanges, changing: { layer in
      guard case .gruResetAfter(let layer) = layer else { return layer }
      return .gruResetAfter(change(layer))
    })
  }
}

extension GRULayer {
  /// Cells of ReLUs and states replace everything.
  fileprivate var isProduct: Bool { update.input.matrix.nonzeroCount > 0 }

  fileprivate var maps: (update: RecurrentMap, reset: RecurrentMap, candidate: RecurrentMap) {
    (update, reset, candidate)
  }
}

extension RecurrentMap {
  fileprivate var withoutDiagonal: RecurrentMap {
    RecurrentMap(input: input, recurrence: recurrence.mapping { $0 == $1 ? 0 : $2 })
  }

  fileprivate var onlyDiagonal: RecurrentMap {
    RecurrentMap(input: input, recurrence: recurrence.mapping { $0 == $1 ? $2 : 0 })
  }
}

extension GRUResetAfterLayer {
  /// Cells of ReLUs, of states and of beats keep nothing.
  fileprivate var isProduct: Bool { update.input.matrix.nonzeroCount > 0 }

  /// Some unit's z is the clock, the first input, and a part.
  fileprivate var isAlternating: Bool {
    update.input.matrix.rows.contains { row in
      row.count == 2 && row.allSatisfy { $0.value == 1 } && row.first?.column == 0
    }
  }

  /// Cells of beats have a second bias.
  fileprivate var isClocked: Bool { candidateState.offset.contains { $0 != 0 } }

  fileprivate func replacing(
    update: RecurrentMap? = nil, reset: RecurrentMap? = nil, candidateInput: AffineMap? = nil,
    candidateState: AffineMap? = nil
  ) -> GRUResetAfterLayer {
    GRUResetAfterLayer(
      update: update ?? self.update, reset: reset ?? self.reset,
      candidateInput: candidateInput ?? self.candidateInput,
      candidateState: candidateState ?? self.candidateState, initial: initial)
  }
}
