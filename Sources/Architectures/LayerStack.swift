import ExactArithmetic

/// How a token becomes the vector that the first layer reads.
public enum Embedding: String, CaseIterable, Hashable, Sendable {
  /// The token itself.
  case token

  /// The token with a 1 below it: for layers without biases, which carry the 1 along.
  case tokenAndOne = "token-and-one"

  /// The token with as many zeros below it as the first layer wants: for layers that all have one
  /// width.
  case tokenAndZeros = "token-and-zeros"

  /// How many numbers a token of `dimension` becomes before the first of `layers`.
  func outputDimension(of dimension: Int, before layers: [Layer]) -> Int {
    switch self {
    case .token: dimension
    case .tokenAndOne: dimension + 1
    case .tokenAndZeros: max(dimension, layers.first?.inputDimension ?? dimension)
    }
  }
}

/// A whole network: a token is embedded, passes through the layers, and is read out.
///
///     a₀ = embedding(token),  aᵢ = layerᵢ(aᵢ₋₁),  output = E a + e
///
/// Invariants: all layers are of the kind of `architecture`; dimensions agree from each to the
/// next.
public struct LayerStack: Hashable, Sendable {
  public let architecture: Architecture

  /// Of a token, before it is embedded.
  public let inputDimension: Int
  public let embedding: Embedding
  public let layers: [Layer]

  /// a ↦ E a + e.
  public let readOut: AffineMap

  /// The longest sequence that this network was made for; nil: any. It reads on beyond, but what
  /// it gives there is not promised.
  public let maximumLength: Int?

  /// Which constructions the network is made of, where there was a choice. For people; no part of
  /// the meaning.
  public let notes: [String]

  public init(
    architecture: Architecture, inputDimension: Int, embedding: Embedding = .token,
    layers: [Layer], readOut: AffineMap, maximumLength: Int? = nil,
    notes: [String] = []
  ) {
    var dimension = embedding.outputDimension(of: inputDimension, before: layers)
    for (position, layer) in layers.enumerated() {
      precondition(
        layer.architecture == architecture,
        "layer \(position) of a \(architecture.rawValue) is a \(layer.architecture.rawValue)")
      precondition(
        layer.inputDimension == dimension,
        "layer \(position) reads \(layer.inputDimension) numbers, found \(dimension)")
      dimension = layer.outputDimension
    }
    precondition(
      readOut.inputDimension == dimension,
      "the read-out reads \(readOut.inputDimension) numbers, found \(dimension)")
    self.architecture = architecture
    self.inputDimension = inputDimension
    self.embedding = embedding
    self.layers = layers
    self.readOut = readOut
    self.maximumLength = maximumLength
    self.notes = notes
  }

  public var outputDimension: Int { readOut.outputDimension }

  /// The outputs after each token, from the initial states, with ReLU for every gate.
  @inlinable
  public func run<Number: PowerScalar>(
    _ tokens: [[Number]]
  ) throws(EvaluationError) -> [[Number]] {
    try run(tokens, gates: ReLUGates<Number>.self)
  }

  @inlinable
  public func run<Functions: Gates>(
    _ tokens: [[Functions.Number]], gates: Functions.Type
  ) throws(EvaluationError) -> [[Functions.Number]] {
    var progress = StackRun<Functions>(self)
    var outputs: [[Functions.Number]] = []
    outputs.reserveCapacity(tokens.count)
    for token in tokens { outputs.append(try progress.step(token)) }
    return outputs
  }
}

// MARK: - Meaning

/// A stack in the middle of a sequence.
public struct StackRun<Functions: Gates>: Sendable {
  @usableFromInline
  let stack: LayerStack

  @usableFromInline
  var memories: [LayerMemory<Functions.Number>]

  @inlinable
  public init(_ stack: LayerStack) {
    self.stack = stack
    memories = stack.layers.map { $0.initialMemory() }
  }

  /// Reads one token and returns the output.
  @inlinable
  public mutating func step(
    _ token: [Functions.Number]
  ) throws(EvaluationError) -> [Functions.Number] {
    guard token.count == stack.inputDimension else {
      throw .wrongTokenDimension(expected: stack.inputDimension, found: token.count)
    }
    var vector = token
    switch stack.embedding {
    case .token: break
    case .tokenAndOne: vector.append(1)
    case .tokenAndZeros:
      let width = stack.layers.first?.inputDimension ?? vector.count
      vector += Array(repeating: .zero, count: width - vector.count)
    }
    for position in memories.indices {
      do throws(LayerError) {
        vector = try stack.layers[position].step(vector, &memories[position], Functions.self)
      } catch {
        throw EvaluationError(error, inLayer: position)
      }
    }
    return stack.readOut.applied(to: vector)
  }
}
