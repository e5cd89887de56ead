import Architectures
import Compiler
import ExactArithmetic
import LSRL

/// What architectures can express and what it costs, as Markdown: measured, by compiling programs
/// of one operation.
public enum ArchitectureTable {
  /// A kind of state matrix, by an example.
  private struct Kind {
    let name: String
    let matrix: Matrix
  }

  private static let kinds = [
    Kind(name: "zero", matrix: [[0]]),
    Kind(name: "sum over all tokens (1)", matrix: [[1]]),
    Kind(name: "decay 3/5, with a rational √(1 − a²)", matrix: [[Rational(3, 5)]]),
    Kind(name: "decay 1/2", matrix: [[Rational(1, 2)]]),
    Kind(name: "nilpotent (delay by 3)", matrix: [[0, 0, 0], [1, 0, 0], [0, 1, 0]]),
    Kind(
      name: "triangular, diagonal 3/5, 4/5", matrix: [[Rational(3, 5), 0], [1, Rational(4, 5)]]),
    Kind(name: "triangular, diagonal 1, 1 (sums of sums)", matrix: [[1, 0], [1, 1]]),
    Kind(
      name: "triangularisable, eigenvalues 1/4, 3/4",
      matrix: [[Rational(1, 2), Rational(1, 4)], [Rational(1, 4), Rational(1, 2)]]),
    Kind(name: "alternating (-1)", matrix: [[-1]]),
    Kind(name: "growing (2)", matrix: [[2]]),
    Kind(name: "permutation (cycle of 3)", matrix: [[0, 0, 1], [1, 0, 0], [0, 1, 0]]),
    Kind(name: "rotation by a quarter", matrix: [[0, -1], [1, 0]]),
    Kind(name: "irrational eigenvalues (Fibonacci)", matrix: [[1, 1], [1, 0]]),
  ]

  /// The bound that is tried where every length is too much to ask.
  private static let bound = 16

  public static func markdown(_ architectures: [Architecture] = Architecture.allCases) -> String {
    ([
      "## What each is", "",
      "| architecture | | expresses | source |", "|---|---|---|---|",
    ]
      + architectures.map {
        "| `\($0.rawValue)` | \($0.title) | \($0.expresses) | \($0.source) |"
      }
      + ["", "## State matrices", ""]
      + states(architectures)
      + ["", "## Sizes of one operation", ""]
      + sizes(architectures)).joined(separator: "\n") + "\n"
  }

  private static func states(_ architectures: [Architecture]) -> [String] {
    var lines = [
      "| state matrix | " + architectures.map { "`\($0.rawValue)`" }.joined(separator: " | ")
        + " |",
      "|---" + String(repeating: "|---", count: architectures.count) + "|",
    ]
    for kind in kinds {
      let size = kind.matrix.rowCount
      let state = LinState(
        recurrence: kind.matrix, input: .identity(size),
        initial: Array(repeating: 0, count: size))
      let verdicts = architectures.map { verdict(path(size, .linState(state)), $0) }
      lines.append("| \(kind.name) | " + verdicts.joined(separator: " | ") + " |")
    }
    return lines
  }

  private static func verdict(_ path: PathGraph?, _ architecture: Architecture) -> String {
    guard let path else { return "?" }
    let reason: String
    do throws(LoweringRefusal) {
      let stack = try lowered(path: path, to: architecture)
      guard let length = stack.maximumLength else { return "yes" }
      reason = "a kernel of \(length) tokens"
    } catch {
      reason = error.summary
    }
    let options = LoweringOptions(maximumLength: bound)
    let isBounded = (try? lowered(path: path, to: architecture, options: options)) != nil
    return (isBounded ? "up to a length: " : "no: ") + reason
  }

  /// A program of one operation is a path already.
  private static func path(_ dimension: Int, _ operation: Operation) -> PathGraph? {
    try? PathGraph(inputDimension: dimension, steps: [PathGraph.Step(operation)])
  }

  private static let dimensions = [1, 2, 4]

  private static func sizes(_ architectures: [Architecture]) -> [String] {
    var lines = [
      "Layers × width for d = \(dimensions.map(String.init).joined(separator: ", ")): R is the ReLU "
        + "of d numbers, S a state of d of them that shrinks to 3/5 at each token, M the product of "
        + "2 d of them. Where only a bounded length can be expressed: for \(bound) tokens.", "",
      "| architecture | R | S | M |", "|---|---|---|---|",
    ]
    for architecture in architectures {
      let cells =
        [size(architecture) { _ in .relu }, size(architecture, decaying)]
        + [size(architecture, inputs: 2) { _ in .multiply }]
      lines.append("| `\(architecture.rawValue)` | " + cells.joined(separator: " | ") + " |")
    }
    return lines
  }

  private static func decaying(_ size: Int) -> Operation {
    .linState(
      LinState(
        recurrence: .diagonal(Array(repeating: Rational(3, 5), count: size)),
        input: .identity(size), initial: Array(repeating: 0, count: size)))
  }

  private static func size(
    _ architecture: Architecture, inputs factor: Int = 1, _ operation: (Int) -> Operation
  ) -> String {
    dimensions.map { dimension in
      guard let path = path(factor * dimension, operation(dimension)) else { return "?" }
      let bounded = LoweringOptions(maximumLength: bound)
      let unbounded = (try? lowered(path: path, to: architecture))
      let isFree = unbounded != nil && unbounded?.maximumLength == nil
      guard
        let stack = isFree
          ? unbounded : try? lowered(path: path, to: architecture, options: bounded)
      else { return "no" }
      return "\(stack.size.layerCount) × \(stack.size.width)"
    }.joined(separator: ", ")
  }
}
