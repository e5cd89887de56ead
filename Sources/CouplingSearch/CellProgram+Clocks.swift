import Certificates
import ExactArithmetic

extension CellProgram {
  /// After how many steps states that do not look at the input come back to what they were, where
  /// that is seen from their matrices, which permute: of each cycle of more than one number, its
  /// length. In blocks of so many steps these numbers do not change.
  public var clockPeriods: Set<Int> {
    var periods: Set<Int> = []
    for node in nodes {
      guard case .state(let recurrence, let input, _) = node, input.matrix.nonzeroCount == 0,
        let next = recurrence.permutation
      else { continue }
      for start in next.indices {
        var (place, length) = (next[start], 1)
        while place != start { (place, length) = (next[place], length + 1) }
        if length > 1 { periods.insert(length) }
      }
    }
    return periods
  }
}

extension Matrix {
  /// By row the column of its one entry, a 1, if no two are in the same; else nil.
  fileprivate var permutation: [Int]? {
    var columns: [Int] = []
    for index in 0..<rowCount {
      let row = row(index)
      guard row.count == 1, let entry = row.first, entry.value == 1 else { return nil }
      columns.append(entry.column)
    }
    return rowCount == columnCount && Set(columns).count == rowCount ? columns : nil
  }
}
