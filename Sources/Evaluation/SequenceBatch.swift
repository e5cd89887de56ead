/// Sequences of vectors of one dimension, each of its own length, end to end in one array.
public struct SequenceBatch<Number: Sendable>: Sendable {
  public let dimension: Int

  /// Sequence s has the vectors `starts[s]..<starts[s + 1]`.
  public private(set) var starts: [Int] = [0]

  /// Vector v has the numbers `v * dimension..<(v + 1) * dimension`.
  public private(set) var numbers: [Number] = []

  public init(dimension: Int) { self.dimension = dimension }

  public init(dimension: Int, _ sequences: [[[Number]]]) throws(EngineError) {
    self.init(dimension: dimension)
    for sequence in sequences { try append(sequence) }
  }

  /// `shape`'s lengths, with other numbers.
  init<Other>(dimension: Int, lengthsOf shape: SequenceBatch<Other>, numbers: [Number]) {
    self.dimension = dimension
    self.starts = shape.starts
    self.numbers = numbers
  }

  /// Sequences by descending length; the first ones first.
  var longestFirst: [Int] {
    let lengths = (0..<count).map(length)
    guard let first = lengths.first, lengths.contains(where: { $0 != first }) else {
      return Array(0..<count)
    }
    return (0..<count).sorted { (lengths[$1], $0) < (lengths[$0], $1) }
  }

  @specialized(where Number == Double)
  @specialized(where Number == Float)
  public mutating func append(_ sequence: [[Number]]) throws(EngineError) {
    for vector in sequence where vector.count != dimension {
      throw .tokenSize(expected: dimension, found: vector.count)
    }
    for vector in sequence { numbers += vector }
    starts.append(vectorCount + sequence.count)
  }

  /// Appends a sequence of `length` vectors, number by number; false if one cannot be converted.
  mutating func append<Other>(
    length: Int, _ others: some Sequence<Other>, convert: (Other) -> Number?
  ) -> Bool {
    for other in others {
      guard let number = convert(other) else { return false }
      numbers.append(number)
    }
    starts.append(vectorCount + length)
    return true
  }

  public var count: Int { starts.count - 1 }

  public func length(_ sequence: Int) -> Int { starts[sequence + 1] - starts[sequence] }

  var vectorCount: Int { starts[starts.count - 1] }

  public subscript(sequence: Int) -> [[Number]] { vectors(of: sequence) }

  @specialized(where Number == Double)
  @specialized(where Number == Float)
  private func vectors(of sequence: Int) -> [[Number]] {
    (starts[sequence]..<starts[sequence + 1]).map {
      Array(numbers[$0 * dimension..<($0 + 1) * dimension])
    }
  }
}
