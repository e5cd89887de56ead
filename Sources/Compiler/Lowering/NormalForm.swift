import ExactArithmetic
import LSRL

/// A stretch of a path that linear recurrent layers take at once: an optional state, then affine
/// maps with ReLUs between them, then an optional multiplication.
struct Segment {
  let state: LinState?

  /// At least one; a ReLU between each two.
  let maps: [AffineMap]

  /// Where the multiplication stands on the path.
  let multiplication: Int?
}

/// A path as segments, and the affine map behind the last of them. Linears between segments are
/// folded into the input map of the next state or into the map behind the last segment.
///
/// Source: arXiv 2406.01424, the forms behind Eq. 3 and Eq. 4.
struct NormalForm {
  private(set) var segments: [Segment] = []
  private(set) var readOut: AffineMap

  init(_ path: PathGraph) {
    readOut = .identity(path.inputDimension)
    var state: LinState?
    var maps: [AffineMap] = [readOut]
    for (position, step) in path.steps.enumerated() {
      switch step.operation {
      case .linear(let map): maps.append(map.composed(after: maps.removeLast()))
      case .relu: maps.append(.identity(path.dimensions[position]))
      case .linState(let next):
        if state == nil && maps.count == 1 {
          state = LinState(
            recurrence: next.recurrence, input: next.input.composed(after: maps[0]),
            initial: next.initial)
        } else {
          segments.append(Segment(state: state, maps: maps, multiplication: nil))
          state = next
        }
        maps = [.identity(next.dimension)]
      case .multiply:
        segments.append(Segment(state: state, maps: maps, multiplication: position))
        state = nil
        maps = [.identity(path.dimensions[position + 1])]
      case .input, .slice, .concat: preconditionFailure("step \(position) is not of a path")
      }
    }
    if state == nil && maps.count == 1 {
      readOut = maps[0]
    } else {
      segments.append(Segment(state: state, maps: maps, multiplication: nil))
      readOut = .identity(path.outputDimension)
    }
  }
}
