import ExactArithmetic
import LSRL

extension WorkingGraph {
  /// The coordinates of `node` that its readers read, ascending, and at least one. Nil if that is
  /// all of them, or if some reader does not say.
  func readCoordinates(of node: NodeID) -> [Int]? {
    let slot = slot(of: node)
    let kinds = readerKinds(at: slot)
    guard !kinds.isEmpty, kinds.isDisjoint(with: [.input, .relu, .concat, .multiply]) else {
      return nil
    }
    var isRead = [Bool](repeating: false, count: entries[slot].dimension)
    for reader in entries[slot].readers {
      switch entries[reader].node.operation {
      case .slice(let range): for coordinate in range { isRead[coordinate] = true }
      case .linear(let map): map.matrix.markOccupiedColumns(in: &isRead)
      case .linState(let state): state.input.matrix.markOccupiedColumns(in: &isRead)
      case .input, .relu, .concat, .multiply: return nil
      }
      if !isRead.contains(false) { return nil }
    }
    if let state = entries[slot].node.linState { state.recurrence.addWhatIsRemembered(to: &isRead) }
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
