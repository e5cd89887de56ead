import Certificates
import ExactArithmetic
import Synchronization

/// How much work searches may do together, counted in products of a weight and a number; so what
/// they find does not depend on the machine.
///
/// A search that finds a certificate mostly does so after little work, and one that finds none goes
/// through all that it has: a thousand times as much. Whoever tries many programs gives up earlier.
public final class SearchBudget: Sendable {
  private let left: Atomic<Int>

  public init(products: Int) { left = Atomic(products) }

  public var isSpent: Bool { left.load(ordering: .relaxed) <= 0 }

  func spend(_ products: Int) { left.subtract(products, ordering: .relaxed) }
}

extension CellProgram {
  /// Products of a weight and a number in one step, and at least one for each node.
  var stepCost: Int { stepCost(of: nodes.map { _ in true }) }

  /// Of those nodes that are wanted.
  func stepCost(of isWanted: [Bool]) -> Int {
    zip(nodes, isWanted).reduce(0) { sum, entry in
      if !entry.1 { return sum }
      return switch entry.0 {
      case .linear(let map, _): sum + 1 + map.matrix.nonzeroCount
      case .state(let recurrence, let input, _):
        sum + 1 + recurrence.nonzeroCount + input.matrix.nonzeroCount
      case .input, .relu, .previous, .concat, .multiply: sum + 1
      }
    }
  }
}
