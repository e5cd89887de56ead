import Architectures
import ExactArithmetic
import LSRL

/// A value on the path while it is lowered: what it is as a function of the last cell's output (or
/// of the token), and enclosures of its coordinates.
struct WireValue {
  let map: AffineMap
  let ranges: [Interval]
}

/// What a step of a path becomes.
struct Cells {
  /// One after the other; none if the value is constant.
  let layers: [Layer]

  /// The step's value as a function of the last layer's output; without layers, of what the step
  /// reads.
  let wire: AffineMap

  /// Which construction was chosen, where there was a choice.
  var note: String?
}

/// How an architecture of cells, each of which reads the one before, does what paths do.
protocol CellPrimitives {
  var architecture: Architecture { get }
  var options: LoweringOptions { get }

  /// A cell that computes h ← σ(W x + U h + b).
  func cell(_ layer: RNNLayer) -> Layer

  /// The cell for a ReLU.
  func relu(of value: WireValue) -> Cells

  /// The cell for a state, of which `ranges` are enclosures after each update.
  func state(_ state: LinState, reading value: WireValue, _ ranges: [Interval]) -> Cells

  /// The cells for the product of the value's halves; nil if cells of this kind never multiply.
  func product(of value: WireValue) -> Cells?
}

extension CellPrimitives {
  func relu(of value: WireValue) -> Cells {
    Cells(layers: [cell(.rectifying(value.map))], wire: .identity(value.map.outputDimension))
  }

  func state(_ state: LinState, reading value: WireValue, _ ranges: [Interval]) -> Cells {
    let signed = SignedState(state, reading: value.map, ranges, options.initialState)
    return signed.layer.size == 0
      ? .constant(state.initial, reading: value)
      : Cells(layers: [cell(signed.layer)], wire: signed.wire)
  }
}

extension Cells {
  /// No cell: the value does not depend on anything.
  static func constant(_ values: [Rational], reading value: WireValue) -> Cells {
    Cells(
      layers: [], wire: AffineMap(.zero(values.count, value.map.inputDimension), offset: values))
  }
}

extension RNNLayer {
  /// y = σ(map(x)).
  static func rectifying(_ map: AffineMap) -> RNNLayer {
    RNNLayer(
      RecurrentMap(input: map), initial: Array(repeating: 0, count: map.outputDimension))
  }
}

/// Walks along the path with the map from the last cell's output to the path's value (the wire).
/// Linears take no cell: they are folded into that map, which ends up in the weights of the next
/// cell or in the read-out.
func cellByCell(
  _ path: PathGraph, _ primitives: some CellPrimitives, _ options: LoweringOptions
) throws(LoweringRefusal) -> LayerStack {
  var wire = AffineMap.identity(path.inputDimension)
  var layers: [Layer] = []
  var notes: [String] = []
  for (position, step) in path.steps.enumerated() {
    let value = WireValue(map: wire, ranges: options.ranges(before: position, of: path))
    let cells: Cells
    switch step.operation {
    case .linear(let map): cells = Cells(layers: [], wire: map.composed(after: wire))
    case .relu: cells = primitives.relu(of: value)
    case .linState(let state):
      cells = primitives.state(
        state, reading: value, options.ranges(before: position + 1, of: path))
    case .multiply:
      guard let product = primitives.product(of: value) else {
        throw LoweringRefusal(.multiplication, by: primitives.architecture, at: position, of: path)
      }
      cells = product
    case .input, .slice, .concat: preconditionFailure("step \(position) is not of a path")
    }
    layers += cells.layers
    wire = cells.wire
    if let note = cells.note { notes.append("step \(position): \(note)") }
  }
  return LayerStack(
    architecture: primitives.architecture, inputDimension: path.inputDimension, layers: layers,
    readOut: wire, notes: notes)
}

extension LoweringOptions {
  /// Enclosures of the value that step `position` of `path` reads.
  func ranges(before position: Int, of path: PathGraph) -> [Interval] {
    let dimension = path.dimensions[position]
    guard let ranges else { return Array(repeating: .everything, count: dimension) }
    precondition(
      ranges.count == path.dimensions.count && ranges[position].count == dimension,
      "ranges that are not of this path")
    return ranges[position]
  }
}
