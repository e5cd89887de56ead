import Architectures
import Evaluation
import ExactArithmetic
import LSRL

// Programs, paths and networks, run by the engines. `Interpreter`, `PathGraph.run` and
// `LayerStack.run` are the definitions; they are asked where an engine says that it cannot, so what
// comes out, errors included, is theirs.

extension Graph {
  /// What `Interpreter<Rational>` gives.
  public func exactOutputs(
    on tokens: [[Rational]], bitLimit: Int = 1 << 28
  ) throws(InterpreterError) -> [[Rational]] {
    try exactOutputs(on: tokens, by: ExactEngine(Tape(self), bitLimit: bitLimit), bitLimit)
  }

  func exactOutputs(
    on tokens: [[Rational]], by engine: ExactEngine, _ bitLimit: Int
  ) throws(InterpreterError) -> [[Rational]] {
    if let outputs = try? engine.run(tokens) { return outputs }
    var interpreter = Interpreter<Rational>(self, bitLimit: bitLimit)
    return try interpreter.run(tokens)
  }

  /// What `Interpreter<Number>` gives.
  @specialized(where Number == Double)
  @specialized(where Number == Float)
  public func outputs<Number: LaneNumber>(
    on tokens: [[Number]], as tape: Tape? = nil
  ) throws(InterpreterError) -> [[Number]] {
    if let engine = try? FloatEngine<Number>(tape ?? Tape(self)),
      let outputs = try? engine.run(tokens)
    {
      return outputs
    }
    var interpreter = Interpreter<Number>(self)
    return try interpreter.run(tokens)
  }
}

extension PathGraph {
  func exactOutputs(on tokens: [[Rational]], by engine: ExactEngine) -> [[Rational]] {
    (try? engine.run(tokens)) ?? run(tokens)
  }
}

extension LayerStack {
  /// What `run` gives for each sequence.
  public func exactOutputs(
    on sequences: [[[Rational]]]
  ) throws(EvaluationError) -> [[[Rational]]] {
    try exactOutputs(on: sequences, by: Tape(exactly: self).map { ExactEngine($0) })
  }

  func exactOutputs(
    on sequences: [[[Rational]]], by engine: ExactEngine?
  ) throws(EvaluationError) -> [[[Rational]]] {
    if let outputs = try? engine?.run(sequences: sequences) { return outputs }
    var outputs: [[[Rational]]] = []
    for tokens in sequences { outputs.append(try run(tokens)) }
    return outputs
  }

  /// What `run` gives.
  public func outputs<Number: LaneNumber>(
    on tokens: [[Number]]
  ) throws(EvaluationError) -> [[Number]] {
    if let tape = Tape(self), let engine = try? FloatEngine<Number>(tape),
      let outputs = try? engine.run(tokens)
    {
      return outputs
    }
    return try run(tokens)
  }
}
