import ExactArithmetic
import LSRL

extension WorkingGraph {
  /// By coordinate, whether the value of `id` is surely never negative, whatever the tokens are.
  ///
  /// What comes out of a ReLU is not negative; so it goes on as long as weights and offsets are not
  /// negative either. Looks back along nodes of one input, to the last ReLU; it knows nothing of
  /// what stands before a Concat of different nodes.
  func nonnegativeCoordinates(of id: NodeID) -> [Bool] {
    var start = self[id]
    var chain: [Node] = []
    while !start.isReLU, let source = start.copiedInput {
      chain.append(start)
      start = self[source]
    }
    var signs = [Bool](repeating: start.isReLU, count: dimension(of: start.id))
    for node in chain.reversed() {
      switch node.operation {
      case .input, .relu: break
      case .slice(let range): signs = Array(signs[range])
      case .concat: signs = node.inputs.flatMap { _ in signs }
      case .linear(let map): signs = map.isNonnegative(on: signs)
      case .multiply:
        let half = signs.count / 2
        signs = (0..<half).map { signs[$0] && signs[$0 + half] }
      case .linState(let state): signs = state.isNonnegative(reading: signs)
      }
    }
    return signs
  }
}

extension AffineMap {
  /// By output, whether it is surely not negative when the inputs in `signs` are not.
  fileprivate func isNonnegative(on signs: [Bool]) -> [Bool] {
    (0..<outputDimension).map { index in
      offset[index] >= 0
        && matrix.row(index).allSatisfy { $0.value > 0 && signs[$0.column] }
    }
  }
}

extension LinState {
  /// By coordinate, whether the updated state is surely never negative: the largest set that the
  /// update maps into itself, from initial values that are not negative.
  fileprivate func isNonnegative(reading signs: [Bool]) -> [Bool] {
    var candidates = input.isNonnegative(on: signs)
    var before: [Bool]
    repeat {
      before = candidates
      for index in candidates.indices where candidates[index] {
        candidates[index] = recurrence.row(index).allSatisfy {
          $0.value > 0 && before[$0.column] && initial[$0.column] >= 0
        }
      }
    } while candidates != before
    return candidates
  }
}
