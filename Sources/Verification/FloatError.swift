import Evaluation
import ExactArithmetic
import LSRL

extension Program {
  /// The largest error of running this program in floats: |found − exact| / max(|exact|, 1) over
  /// all outputs; infinite where a float is not finite. An observation, not a bound.
  /// `tape` is this program's, if there is one already.
  @specialized(where Number == Double)
  @specialized(where Number == Float)
  public func largestError<Number: LaneNumber & BinaryFloatingPoint>(
    of numbers: Number.Type, on tokens: [[Rational]], expecting exact: [[Rational]],
    as tape: Tape? = nil
  ) -> Double {
    let rounded = tokens.map { $0.map(Number.init(nearest:)) }
    guard let found = try? graph.outputs(on: rounded, as: tape) else { return .infinity }
    return FloatError.largest(found: found, expecting: exact)
  }
}

/// Errors of floats against exact numbers.
public enum FloatError {
  /// See `Program.largestError`.
  @inlinable
  public static func largest<Number: BinaryFloatingPoint>(
    found: [[Number]], expecting exact: [[Rational]]
  ) -> Double {
    var largest = 0.0
    for (row, exactRow) in zip(found, exact) {
      for (value, exact) in zip(row, exactRow) {
        guard value.isFinite else { return .infinity }
        let truth = Double(nearest: exact)
        guard truth.isFinite else { return .infinity }
        largest = max(largest, abs(Double(value) - truth) / max(abs(truth), 1))
      }
    }
    return largest
  }
}
