import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Properties
import PropertyTesting
import Verification

/// Something wrong on purpose, and the claim that must catch it.
struct Mutant: Sendable, CustomStringConvertible {
  let id: String

  /// What is wrong, in a few words.
  let fault: String
  let property: Property

  var description: String { "\(id): \(fault)" }

  /// A rule gone wrong, caught by applying it wherever it applies.
  static func rule(_ id: String, _ fault: String, _ rule: RewriteRule) -> Mutant {
    Mutant(id: id, fault: fault, property: .eachRulePreservesMeaning([rule]))
  }

  /// A lean compiler whose paths are spoilt, caught on the road.
  static func lean(
    _ id: String, _ fault: String, _ spoil: @escaping @Sendable (PathGraph) -> PathGraph
  ) -> Mutant {
    var compilers = Compilers.leanOnly
    let right = compilers.lean
    compilers.lean = { spoil(right($0)) }
    return Mutant(id: id, fault: fault, property: .compilersAgree(by: compilers))
  }

  /// A lowering to Mamba whose stacks are spoilt, caught on the road.
  static func mamba(
    _ id: String, _ fault: String, _ spoil: @escaping @Sendable (LayerStack) -> LayerStack
  ) -> Mutant {
    var compilers = Compilers.leanOnly
    let right = compilers.lower
    compilers.lower = { right($0, $1, $2).map(spoil) }
    return Mutant(
      id: id, fault: fault, property: .loweringPreservesMeaning(on: [.mamba], by: compilers))
  }
}

extension Compilers {
  /// Ours without the rules, which only cost time where they are not on trial.
  static var leanOnly: Compilers {
    var compilers = Compilers.standard()
    compilers.rules = { _ in .failure(.tooLarge("not on trial")) }
    return compilers
  }
}

// MARK: - Ways of going wrong

extension RewriteRule {
  /// This rule, with every operation that it inserts replaced.
  func corrupted(_ corrupt: @escaping @Sendable (Operation) -> Operation) -> RewriteRule {
    RewriteRule(id: id, statement: statement, source: "a mutant of \(id)", site: site) {
      graph, node in
      guard let right = edit(graph, node) else { return nil }
      var wrong = GraphEdit(of: graph)
      for node in right.insertions {
        wrong.insert(corrupt(node.operation), reading: node.inputs)
      }
      for redirection in right.redirections {
        wrong.redirect(redirection.old, to: redirection.new)
      }
      return wrong
    }
  }
}

extension Operation {
  /// The operation with its linear map, if it is one, replaced.
  func mapped(_ change: (AffineMap) -> AffineMap) -> Operation {
    guard case .linear(let map) = self else { return self }
    return .linear(change(map))
  }

  /// The operation with its state, if it is one, replaced.
  func stateMapped(_ change: (LinState) -> LinState) -> Operation {
    guard case .linState(let state) = self else { return self }
    return .linState(change(state))
  }
}

extension AffineMap {
  func withEntries(_ change: (Rational) -> Rational) -> AffineMap {
    AffineMap(matrix.withEntries(change), offset: offset)
  }

  func withOffset(_ change: (Rational) -> Rational) -> AffineMap {
    AffineMap(matrix, offset: offset.map(change))
  }
}

extension Matrix {
  func withEntries(_ change: (Rational) -> Rational) -> Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.map { row in
        row.map { Entry(column: $0.column, value: change($0.value)) }
      })
  }

  var transposed: Matrix {
    var columns = [[Entry]](repeating: [], count: columnCount)
    for (index, row) in rows.enumerated() {
      for entry in row { columns[entry.column].append(Entry(column: index, value: entry.value)) }
    }
    return Matrix(columnCount: rowCount, rows: columns)
  }
}

extension PathGraph {
  /// The path with each operation replaced by one of the same shape.
  func mapped(_ change: (Operation) -> Operation) -> PathGraph {
    rebuilt(steps.map { Step(change($0.operation), origins: $0.origins) })
  }

  func rebuilt(_ steps: [Step]) -> PathGraph {
    (try? PathGraph(inputDimension: inputDimension, steps: steps)) ?? self
  }
}
