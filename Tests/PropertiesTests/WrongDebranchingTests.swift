import Compiler
import ExactArithmetic
import LSRL
import Properties
import PropertyTesting
import Testing

/// A property is worth what it rejects: each catalogue here has one rule that is wrong on purpose.
@Suite("Wrong debranching is caught")
struct WrongDebranchingTests {
  /// x = ReLU(x) − ReLU(−x) without the signs.
  private static let signsLost = RewriteRule.carryLinearsThroughRelu.spoilt {
    $0.mapped { $0.signum < 0 ? -$0 : $0 }
  }

  /// What is carried past the Multi is multiplied by zeros.
  private static let onesLost = RewriteRule.pushSlicesPastMultiplicative.spoilt { $0.offset(0) }

  /// Multiples are taken for equals.
  private static let factorsLost = [RewriteRule.shareReluRows, .shareProducts, .shareStates].map {
    $0.spoilt { $0.isSelection ? $0.mapped { _ in 1 } : $0 }
  }

  /// A dropped constant comes back as zero.
  private static let constantsLost = RewriteRule.shareProducts.spoilt {
    $0.isSelection ? $0.offset(0) : $0
  }

  @Test(
    "whichever rule is wrong", arguments: [signsLost, onesLost, constantsLost] + factorsLost)
  func caught(wrong: RewriteRule) {
    let rules = RewriteRule.catalogue.map { $0.id == wrong.id ? wrong : $0 }
    let property = Property.debranchingReachesAPath(rules)
    #expect(property.firstRefutation(among: 1_000) == "changes the outputs")
  }
}

extension RewriteRule {
  /// This rule, with the Linears that it inserts replaced.
  fileprivate func spoilt(_ spoil: @escaping @Sendable (AffineMap) -> AffineMap) -> RewriteRule {
    RewriteRule(id: id, statement: statement, source: "a mutant", site: site) {
      [edit] graph, node in
      guard let right = edit(graph, node) else { return nil }
      var wrong = GraphEdit(of: graph)
      for node in right.insertions {
        var operation = node.operation
        if case .linear(let map) = operation { operation = .linear(spoil(map)) }
        wrong.insert(operation, reading: node.inputs)
      }
      for (old, new) in right.redirections { wrong.redirect(old, to: new) }
      return wrong
    }
  }
}

extension AffineMap {
  fileprivate func mapped(_ change: (Rational) -> Rational) -> AffineMap {
    let rows = matrix.rows.map { row in
      row.map { Matrix.Entry(column: $0.column, value: change($0.value)) }
    }
    return AffineMap(
      Matrix(columnCount: matrix.columnCount, rows: Array(rows)), offset: offset)
  }

  fileprivate func offset(_ value: Rational) -> AffineMap {
    AffineMap(matrix, offset: offset.map { _ in value })
  }

  /// Whether each output is a multiple of one input, or constant.
  fileprivate var isSelection: Bool { matrix.rows.allSatisfy { $0.count <= 1 } }
}
