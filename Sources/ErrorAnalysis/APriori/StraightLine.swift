import ExactArithmetic

/// A program without loops and vectors: each value from earlier ones by one rounding at most.
///
/// Equal operations are one value, since a float program gives the same float twice.
struct StraightLine: Sendable {
  enum Operation: Hashable, Sendable {
    /// What comes from outside, counted from 0.
    case leaf(Int)
    case constant(Rational)
    case scale(Rational, Int)
    case sum(Int, Int)
    case relu(Int)
    case product(Int, Int)
  }

  private(set) var operations: [Operation] = []
  private(set) var leafCount = 0
  private var places: [Operation: Int] = [:]

  mutating func append(_ operation: Operation) -> Int {
    if let place = places[operation] { return place }
    operations.append(operation)
    places[operation] = operations.count - 1
    return operations.count - 1
  }

  mutating func leaf() -> Int {
    leafCount += 1
    return append(.leaf(leafCount - 1))
  }

  /// `offset` + Σ weight · value in the order of `Tape`: start at the offset, round each product,
  /// then each sum. Adding to 0 and scaling by 1 change nothing and leave nothing behind.
  mutating func row(_ offset: Rational, _ terms: some Sequence<(Rational, Int)>) -> Int {
    var sum = offset == 0 ? nil : append(.constant(offset))
    for (weight, value) in terms where weight != 0 {
      let product = weight == 1 ? value : append(.scale(weight, value))
      sum = sum.map { append(.sum($0, product)) } ?? product
    }
    return sum ?? append(.constant(0))
  }
}

extension StraightLine.Operation {
  /// The earlier values that it reads.
  var operands: [Int] {
    switch self {
    case .leaf, .constant: []
    case .scale(_, let value), .relu(let value): [value]
    case .sum(let left, let right), .product(let left, let right): [left, right]
    }
  }
}
