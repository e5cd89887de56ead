import Architectures
import ExactArithmetic
import LSRL

/// One layer for each segment: `LinState, (Linear | ReLU)*` is Eq. 3 as it stands; a segment
/// without a state has A = 0, B = I. States keep their initial values.
func linearRNN(_ path: PathGraph) throws(LoweringRefusal) -> LayerStack {
  let form = NormalForm(path)
  var layers: [Layer] = []
  for segment in form.segments {
    if let position = segment.multiplication {
      throw LoweringRefusal(.multiplication, by: .linearRNN, at: position, of: path)
    }
    let state = segment.state ?? .passing(segment.maps[0].inputDimension)
    layers.append(
      .linearRNN(
        LinearRNNLayer(
          recurrence: state.recurrence, input: state.input, initial: state.initial,
          output: MLP(segment.maps))))
  }
  return LayerStack(
    architecture: .linearRNN, inputDimension: path.inputDimension, layers: layers,
    readOut: form.readOut)
}
