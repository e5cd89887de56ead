import Architectures
import ExactArithmetic

extension LayerStack {
  /// The longest chain of products and ReLUs between a token and its output, within one step.
  ///
  /// Sums are free. Weights that are zero lead nowhere; other zeros are not looked for.
  public var depth: Int {
    let token = [ChainDepth](repeating: ChainDepth(links: 0), count: inputDimension)
    let outputs = try? run([token])
    return outputs?.joined().compactMap(\.links).max() ?? 0
  }
}

/// How far a number is from the token: running a stack on these measures it, whatever its layers.
private struct ChainDepth: Hashable {
  /// Nil: it does not depend on the token.
  let links: Int?

  static func longer(_ left: ChainDepth, _ right: ChainDepth) -> Int? {
    guard let a = left.links, let b = right.links else { return left.links ?? right.links }
    return max(a, b)
  }
}

extension ChainDepth: PowerScalar {
  static let zero = ChainDepth(links: nil)

  /// Nothing may be left out for its value: there are no values.
  static var isExact: Bool { false }

  init(integerLiteral value: Int) { links = nil }
  init(nearest rational: Rational) { links = nil }

  static func + (left: ChainDepth, right: ChainDepth) -> ChainDepth {
    ChainDepth(links: longer(left, right))
  }

  static func - (left: ChainDepth, right: ChainDepth) -> ChainDepth { left + right }

  static func * (left: ChainDepth, right: ChainDepth) -> ChainDepth {
    ChainDepth(links: longer(left, right).map { $0 + 1 })
  }

  var positivePart: ChainDepth { ChainDepth(links: links.map { $0 + 1 }) }
  var bitCount: Int { 0 }

  func power(_ exponent: ChainDepth) -> ChainDepth? { self * exponent }
  var root: ChainDepth? { positivePart }

  static func softmax(_ scores: [ChainDepth], dimension: Int) -> [ChainDepth]? {
    let score = scores.reduce(zero, +).positivePart
    return scores.map { _ in score }
  }
}
