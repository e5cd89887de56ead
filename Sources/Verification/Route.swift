import Architectures
import ExactArithmetic

/// A way from a program to its outputs.
public enum Route: Hashable, Sendable, CustomStringConvertible {
  /// The program itself, by the interpreter that defines meaning.
  case source

  /// The path that the paper's rewrite rules lead to.
  case rules

  /// The path that the lean compiler schedules.
  case lean

  /// The layers that the lean path is lowered to.
  case architecture(Architecture)

  public var description: String {
    switch self {
    case .source: "source"
    case .rules: "rules"
    case .lean: "lean"
    case .architecture(let architecture): architecture.rawValue
    }
  }
}

/// The first token after which two runs differ.
public struct Difference: Hashable, Sendable, CustomStringConvertible {
  /// Counted from 0.
  public let token: Int
  public let expected: [Rational]
  public let found: [Rational]

  /// Nil if all outputs agree.
  public init?(expected: [[Rational]], found: [[Rational]]) {
    guard
      let token = (0..<max(expected.count, found.count)).first(where: {
        expected.indices.contains($0) != found.indices.contains($0) || expected[$0] != found[$0]
      })
    else { return nil }
    self.token = token
    self.expected = expected.indices.contains(token) ? expected[token] : []
    self.found = found.indices.contains(token) ? found[token] : []
  }

  public var description: String { "token \(token): expected \(expected), found \(found)" }
}

/// What came of a route on one case.
public enum RouteResult: Hashable, Sendable {
  /// Every output is the expected one, exactly.
  case right
  case wrong(Difference)

  /// The route does not exist for this program, and says why.
  case refused(String)

  /// The route exists but could not be followed to its end.
  case undecided(String)
}
