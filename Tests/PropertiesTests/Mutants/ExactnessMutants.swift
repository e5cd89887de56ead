import ErrorAnalysis
import ExactArithmetic
import LSRL
import Properties

extension Mutant {
  /// Analyses on grids that prove too much, caught by runs in floats.
  static let wrongExactness: [Mutant] = [
    .exactness("prefixes-not-looked-at", "only the last sum of a row counts") { rules in
      rules.isRounded = { part, isLast in
        if case .sum = part { isLast } else { true }
      }
    },
    .exactness("products-not-looked-at", "only sums count") { rules in
      rules.isRounded = { part, _ in
        switch part {
        case .product, .factor: false
        default: true
        }
      }
    },
    .exactness("columns-descending", "rows are added up from the last column") { rules in
      rules.columns = { $0.reversed() }
    },
    .exactness("product-on-a-factors-grid", "products are multiples of the left spacing") { rules in
      rules.product = { left, right in
        let product = left * right
        return GridValue(from: product.lower, to: product.upper, spacing: left.spacing) ?? product
      }
    },
    .exactness("kinks-passed-over", "sums of ReLUs are taken at the ends only") { rules in
      rules.cuts = { _, _ in [] }
    },
    .exactness(
      "off-the-grid", "sums of ReLUs are taken as if a slope changed on a number of the grid"
    ) { rules in
      rules.cuts = { cuts, domain in
        // One too far: the piece then bends before it ends.
        let spacing = domain.spacing ?? 0
        return cuts.map { $0 + spacing }.filter { domain.lower < $0 && $0 < domain.upper }.sorted()
      }
    },
  ]

  private static func exactness(
    _ id: String, _ fault: String, _ spoil: (inout GridRules) -> Void
  ) -> Mutant {
    var rules = GridRules.standard
    spoil(&rules)
    return Mutant(id: id, fault: fault, property: .provedExactIsBitExact(rules: rules))
  }
}
