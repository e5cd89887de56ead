import ExactArithmetic
import LSRL

/// What the analysis rests on, as a value: a test can put a wrong rule in the place of ours, and
/// must see it caught by runs.
public struct GridRules: Sendable {
  /// The products of members of two sets.
  public var product: @Sendable (GridValue, GridValue) -> GridValue

  /// Of the places where a piecewise linear function of the numbers of a set changes its slope,
  /// those at which it must be looked at, besides the ends.
  public var cuts: @Sendable ([Rational], GridValue) -> [Rational]

  /// The entries of a row in the order in which engines add their products.
  public var columns: @Sendable (ArraySlice<Matrix.Entry>) -> [Matrix.Entry]

  /// Whether the number at this place is rounded. `isLast`: nothing is added to the row after it.
  public var isRounded: @Sendable (ExactnessPlace.Part, _ isLast: Bool) -> Bool

  public static let standard = GridRules(
    product: { $0 * $1 },
    cuts: { cuts, domain in cuts.filter { domain.lower < $0 && $0 < domain.upper }.sorted() },
    columns: { Array($0) },
    isRounded: { _, _ in true })
}
