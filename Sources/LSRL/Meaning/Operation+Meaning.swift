import ExactArithmetic

extension Operation {
  /// The value of a node with this operation, given its inputs on top of each other (for an Input,
  /// the token). A LinState updates `state`; nothing else touches it.
  @inlinable
  func evaluated<Number: Scalar>(on vector: [Number], state: inout [Number]) -> [Number] {
    switch self {
    case .input, .concat: return vector
    case .linear(let map): return map(vector)
    case .slice(let range): return Array(vector[range])
    case .relu: return vector.map(\.positivePart)
    case .multiply:
      let half = vector.count / 2
      return zip(vector[..<half], vector[half...]).map { $0 * $1 }
    case .linState(let linState):
      state = linState.step(state, reading: vector)
      return state
    }
  }
}
