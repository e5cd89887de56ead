import Compiler
import ExactArithmetic
import LSRL

extension Mutant {
  static let wrongRules: [Mutant] = [
    .rule(
      "siblings-replaced",
      "case 1B as the authors' code has it: siblings are replaced, not rewired",
      siblingsReplaced),
    .rule(
      "states-reset", "merged states start from zero, as in the authors' code",
      RewriteRule.mergeLinStates.corrupted { operation in
        operation.stateMapped {
          LinState(
            recurrence: $0.recurrence, input: $0.input, initial: $0.initial.map { _ in 0 })
        }
      }),
    .rule(
      "recurrence-lost", "merged states forget",
      RewriteRule.mergeLinStates.corrupted { operation in
        operation.stateMapped {
          LinState(
            recurrence: .zero($0.dimension, $0.dimension), input: $0.input, initial: $0.initial)
        }
      }),
    .rule(
      "negative-part-lost", "x⁺ − x⁻ without the minus",
      RewriteRule.carryLinearsThroughRelu.corrupted { operation in
        operation.mapped { $0.withEntries { $0.magnitude } }
      }),
    .rule(
      "offset-lost", "A₂(A₁x + b₁) + b₂ without b₁",
      RewriteRule.foldLinears.corrupted { operation in
        operation.mapped { $0.withOffset { _ in 0 } }
      }),
    .rule(
      "carried-by-zero", "what is carried past the Multi is multiplied by 0, not by 1",
      RewriteRule.carrySiblingsPastMultiplicative.corrupted { operation in
        operation.mapped { $0.withOffset { _ in 0 } }
      }),
    .rule(
      "multiples-taken-for-equals", "rows that are multiples of one another share without factor",
      RewriteRule.shareReluRows.corrupted { operation in
        operation.mapped { map in
          map.matrix.rows.allSatisfy { $0.count <= 1 } ? map.withEntries { _ in 1 } : map
        }
      }),
  ]

  private static let siblingsReplaced = RewriteRule(
    id: "carry-siblings-past-multiplicative", statement: "",
    source: "arXiv 2406.01424's code, commit 2675cd1", site: .firstBranchingNode
  ) { graph, branching in
    guard var edit = RewriteRule.carrySiblingsPastMultiplicative.edit(graph, branching),
      let carried = edit.redirections.first(where: { $0.old == branching })?.new
    else { return nil }
    for sibling in graph.readers(of: branching) where sibling.operation != .multiply {
      edit.redirect(sibling.id, to: carried)
    }
    return edit
  }
}
