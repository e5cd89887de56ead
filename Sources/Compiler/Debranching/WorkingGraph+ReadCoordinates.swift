import ExactArithmetic
import LSRL

extension WorkingGraph {
  /// The coordinates of `node` that its readers read, ascending, and at least one. Nil if that is
  /// all of them, or if some reader does not say.
  func readCoordinates(of node: NodeID) -> [Int]? {
    var isRead = [Bool](repeating: false, count: dimension(of: node))
    let readers = readers(of: node)
    guard !readers.isEmpty else { return nil }
    for reader in readers {
      let columns: [Bool]
      switch reader.operation {
      case .slice(let range):
        for coordinate in range { isRead[coordinate] = true }
        continue
      case .linear(let map): columns = map.matrix.occupiedColumns
      case .linState(let state): columns = state.input.matrix.occupiedColumns
      case .input, .relu, .concat, .multiply: return nil
      }
      for (coordinate, isOccupied) in columns.enumerated() where isOccupied {
        isRead[coordinate] = true
      }
    }
    if let state = self[node].linState { state.recurrence.addWhatIsRemembered(to: &isRead) }
    if !isRead.contains(true) { isRead[0] = true }
    return isRead.contains(false) ? isRead.indices.filter { isRead[$0] } : nil
  }
}

extension Matrix {
  /// What a needed coordinate of a state remembers is needed too.
  fileprivate func addWhatIsRemembered(to isNeeded: inout [Bool]) {
    var pending = isNeeded.indices.filter { isNeeded[$0] }
    while let index = pending.popLast() {
      for entry in row(index) where !isNeeded[entry.column] {
        isNeeded[entry.column] = true
        pending.append(entry.column)
      }
    }
  }
}
