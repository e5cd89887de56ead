import Architectures
import ExactArithmetic
import LSRL

extension Tape {
  /// The tape of a network of linear recurrent layers; nil for the others. Mamba's and Hawk's
  /// decays are raised to powers that depend on the input, and gated cells multiply into their own
  /// states: no instruction of ours does that.
  public init?(_ stack: LayerStack) {
    var builder = TapeBuilder(inputDimension: stack.inputDimension)
    var value = builder.token
    if stack.embedding == .tokenAndOne {
      let one = builder.affine(AffineMap(.zero(1, 0), offset: [1]), Source(slot: 0, count: 0))
      value = Source(stacking: [value, one])
    }
    for layer in stack.layers {
      switch layer {
      case .linearRNN(let layer): value = builder.apply(layer, to: value)
      case .gatedLinearRNN(let layer): value = builder.apply(layer, to: value)
      case .rnn, .gatedRNN, .lstm, .gru, .gruResetAfter, .mamba, .hawk: return nil
      }
    }
    let output = builder.affine(stack.readOut, value)
    self = builder.finish(output: output)
  }
}

extension TapeBuilder {
  /// φ(s), with s updated from x.
  fileprivate mutating func apply(_ layer: LinearRNNLayer, to x: Tape.Source) -> Tape.Source {
    let state = LinState(
      recurrence: layer.recurrence, input: layer.input, initial: layer.initial)
    return apply(layer.output, to: update(state, x))
  }

  /// γ(x) ⊙ φ(s), with s updated from x.
  fileprivate mutating func apply(
    _ layer: GatedLinearRNNLayer, to x: Tape.Source
  ) -> Tape.Source {
    let state = LinState(
      recurrence: layer.recurrence, input: layer.input, initial: layer.initial)
    let output = apply(layer.output, to: update(state, x))
    return multiply(apply(layer.gate, to: x), output)
  }

  /// Affine, ReLU, affine, …, affine.
  private mutating func apply(_ mlp: MLP, to x: Tape.Source) -> Tape.Source {
    var value = affine(mlp.maps[0], x)
    for map in mlp.maps.dropFirst() { value = affine(map, relu(value)) }
    return value
  }
}
