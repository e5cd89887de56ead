import ExactArithmetic
import LSRL

/// A path and the tokens to run it on: what our engines and their peers are timed on.
public struct Workload: Sendable {
  public let name: String
  public let path: PathGraph
  public let tokens: [[Rational]]

  public init(_ name: String, _ path: PathGraph, on tokens: [[Rational]]) {
    self.name = name
    self.path = path
    self.tokens = tokens
  }

  /// Multiplications by stored weights that one run takes.
  public var productCount: Int {
    tokens.count
      * path.steps.reduce(0) { sum, step in
        switch step.operation {
        case .linear(let map): sum + map.matrix.nonzeroCount
        case .linState(let state):
          sum + state.recurrence.nonzeroCount + state.input.matrix.nonzeroCount
        case .multiply: sum
        case .input, .slice, .relu, .concat: sum
        }
      }
  }

  /// The largest dimension.
  public var width: Int { path.dimensions.max() ?? 0 }

  public var sizes: String {
    "width \(width), \(tokens.count) tokens, \(productCount / max(1, tokens.count)) "
      + "products a token"
  }

  /// As the peers read it (docs/performance.md): one stream of words.
  public var text: String {
    var words = [path.steps.count.description]
    for step in path.steps { words += step.operation.workloadWords }
    words.append("\(tokens.count)")
    for token in tokens { words += token.workloadWords }
    return words.joined(separator: " ") + "\n"
  }
}

extension Operation {
  fileprivate var workloadWords: [String] {
    switch self {
    case .linear(let map):
      ["linear"] + map.matrix.workloadWords + map.offset.workloadWords
    case .linState(let state):
      ["state"] + state.recurrence.workloadWords + state.input.matrix.workloadWords
        + state.input.offset.workloadWords + state.initial.workloadWords
    case .relu: ["relu"]
    case .multiply: ["multiply"]
    case .input, .slice, .concat: preconditionFailure("no step of a path")
    }
  }
}

extension Matrix {
  /// Rows, columns, then for each row how many entries, and each entry's column and value.
  fileprivate var workloadWords: [String] {
    ["\(rowCount)", "\(columnCount)"]
      + rows.flatMap { row in
        ["\(row.count)"] + row.flatMap { ["\($0.column)", "\($0.value)"] }
      }
  }
}

extension [Rational] {
  fileprivate var workloadWords: [String] { ["\(count)"] + map(\.description) }
}
