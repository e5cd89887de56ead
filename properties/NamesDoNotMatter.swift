import Compiler
import LSRL
import PropertyTesting

extension Property {
  /// Compilers see structure, not names: with the nodes renamed, even in another order, the lean
  /// path is the same and so is the path by the rules. (The authors' implementation depends on the
  /// order of sets: 38 of 286 programs differ from run to run.)
  public static let namesDoNotMatter = Property(
    id: "names-do-not-matter",
    statement: "renaming the nodes of a program changes neither of its paths"
  ) { run in
    let graph = run.program.graph
    let count = graph.nodes.count
    let reversed = graph.renamed { NodeID(7 + 3 * (count - graph.position(of: $0))) }
    if graph.leanPath().operations != reversed.leanPath().operations {
      return Examination(.refuted(kind: "the lean path changes", explanation: "\(reversed)"))
    }
    let limits = DebranchingLimits(storedEntries: largestRandomPath)
    guard let before = try? graph.debranched(limits: limits),
      let after = try? reversed.debranched(limits: limits)
    else {
      return Examination(.refuted(kind: "the rules break", explanation: "\(graph)"))
    }
    guard before.graph.canonicallyNamed == after.graph.canonicallyNamed else {
      return Examination(
        .refuted(kind: "the path by the rules changes", explanation: "\(reversed)"))
    }
    return Examination(.holds)
  }
}

extension PathGraph {
  fileprivate var operations: [Operation] { steps.map(\.operation) }
}
