import Architectures
import ExactArithmetic
import LSRL

/// One layer for each segment, two for one with a state and a multiplication:
///
/// - `LinState, (Linear | ReLU)*`: γ = 1, φ the maps.
/// - `(Linear | ReLU)*, Multi`: A = 0, B = I; γ and φ are the maps, with the upper and the lower
///   half of the last one's rows.
/// - `LinState, …, Multi`: the first of these, then the second with no maps but the identity. Both
///   factors depend on the state, and γ does not see it: it takes a second layer.
func gatedLinearRNN(_ path: PathGraph) -> LayerStack {
  let form = NormalForm(path)
  var layers: [Layer] = []
  for segment in form.segments {
    var maps = segment.maps
    if let state = segment.state {
      layers.append(remembering(state, maps))
      maps = [.identity(maps[maps.count - 1].outputDimension)]
    }
    if segment.multiplication != nil {
      layers.append(multiplying(maps))
    } else if segment.state == nil {
      layers.append(remembering(.passing(maps[0].inputDimension), maps))
    }
  }
  return LayerStack(
    architecture: .gatedLinearRNN, inputDimension: path.inputDimension, layers: layers,
    readOut: form.readOut)
}

private func remembering(_ state: LinState, _ maps: [AffineMap]) -> Layer {
  let output = MLP(maps)
  return .gatedLinearRNN(
    GatedLinearRNNLayer(
      recurrence: state.recurrence, input: state.input, initial: state.initial,
      gate: .ones(from: state.input.inputDimension, to: output.outputDimension), output: output))
}

private func multiplying(_ maps: [AffineMap]) -> Layer {
  let last = maps[maps.count - 1]
  let half = last.outputDimension / 2
  let state = LinState.passing(maps[0].inputDimension)
  return .gatedLinearRNN(
    GatedLinearRNNLayer(
      recurrence: state.recurrence, input: state.input, initial: state.initial,
      gate: MLP(maps.dropLast() + [last.selecting(0..<half)]),
      output: MLP(maps.dropLast() + [last.selecting(half..<2 * half)])))
}

extension AffineMap {
  /// The rows at these places, in this order.
  func selecting(_ places: some Collection<Int>) -> AffineMap {
    AffineMap(
      Matrix(columnCount: inputDimension, rows: places.map { Array(matrix.row($0)) }),
      offset: places.map { offset[$0] })
  }
}
